import type { Labels } from './labels.ts';
import { pluralsOf } from './plural.ts';

const n = pluralsOf('en');

export const english: Labels = {
  locale: 'en',
  direction: 'ltr',
  common: {
    cancel: 'Cancel',
    close: 'Close',
    retry: 'Try again',
    back: 'Back to conversations',
    dismiss: 'Dismiss',
    loading: 'Loading',
    loadMore: 'Load more',
    online: 'Online',
    you: 'You',
    formerAdmin: 'Former administrator',
    failed: 'Something went wrong. Please try again.',
  },
  role: { buyer: 'Buyer', supplier: 'Supplier', admin: 'Administrator' },
  type: {
    all: 'All',
    buyer_supplier: 'Trade',
    buyer_admin: 'Administration',
    support: 'Support',
  },
  problem: {
    signedOut: {
      title: 'You are signed out',
      hint: 'Sign in again, then try once more. Nothing you wrote is lost.',
    },
    notSignedIn: {
      title: 'You are not signed in',
      hint: 'Sign in to read and write messages. What you write before that is kept.',
    },
    forbidden: {
      title: 'You may not see this',
      hint: 'It belongs to other people, or your rights have changed. Whoever runs the marketplace can tell you more.',
    },
    gone: {
      title: 'This is not there any more',
      hint: 'The conversation was removed, or its address is not complete.',
    },
    refused: { title: 'The server refused this' },
    limited: {
      title: 'That was too much at once',
      hint: (wait) => `The server asks you to wait for ${wait}.`,
    },
    offline: {
      title: 'Not available offline',
      hint: 'This was not opened on this device before. It appears when you are connected again.',
    },
    unreachable: {
      title: 'The server cannot be reached',
      hint: 'Your connection may be interrupted. It is tried again when the connection is back.',
    },
    server: {
      title: 'The server could not answer',
      hint: (requestId) =>
        requestId === null
          ? 'It is not your fault. Try again in a moment.'
          : `It is not your fault. Try again in a moment; if it goes on, tell support this number: ${requestId}`,
    },
    fileMissing: {
      title: 'This part could not be loaded',
      hint: 'There may be a new version of this page. Load the page again; what you wrote is kept.',
    },
    brokenItem: 'This could not be shown.',
    broken: {
      title: 'This part stopped working',
      hint: 'The rest of the page goes on. What you wrote is kept.',
    },
    restart: 'Start it again',
  },
  connection: {
    offline: 'You are offline. You can keep reading; what you write is sent when you are back.',
    reconnecting: 'Reconnecting…',
    replaced: 'Chat is in use in another window, so this one is paused.',
    useHere: 'Use it here',
    signedOut: 'Your session has ended. Sign in again to continue.',
    notSignedIn: 'You are not signed in. Sign in to read and write messages.',
    waiting: (count) =>
      n(count, { one: '# message is waiting to be sent.', other: '# messages are waiting to be sent.' }),
  },
  list: {
    title: 'Conversations',
    search: 'Search people, companies, products',
    clearSearch: 'Clear search',
    filter: 'Show',
    empty: 'No conversations yet',
    emptyHint: (role) => {
      if (role === 'supplier') return 'Buyers who ask about your products appear here.';
      if (role === 'admin') return 'What buyers and suppliers talk about appears here.';
      return 'Open a product and ask its supplier a question. Your conversations are kept here.';
    },
    noMatch: (words) => `Nothing found for “${words}”`,
    searchTooLong: (most) => `Search for at most ${most} characters`,
    noMatchHint:
      'Check the spelling, or try fewer words. Names, companies, products and the last message are searched.',
    localNothing: 'Nothing found on this device',
    localHint: 'The server cannot be reached: only conversations on this device are searched.',
    noneOfKind: (kind) => `No conversations under “${kind}”`,
    noneOfKindHint: 'You may have others of another kind.',
    showAll: 'Show all conversations',
    noMessages: 'No messages yet',
    draft: 'Draft:',
    you: 'You:',
    unread: (count) => n(count, { one: '# unread message', other: '# unread messages' }),
    about: (product) => `About ${product}`,
  },
  thread: {
    label: (name) => `Messages with ${name}`,
    choose: 'Choose a conversation',
    chooseHint: 'Pick one from the list to read and reply.',
    empty: 'Say hello',
    emptyHint: (name, isTrade) =>
      `This is the start of your conversation with ${name}.${isTrade ? ' Quantity, destination and date are good first words.' : ''}`,
    loadingOlder: 'Loading older messages',
    start: 'Start of the conversation',
    newMessages: 'New messages',
    jump: 'Jump to newest',
    jumpUnread: (count) =>
      n(count, { one: '# new message, jump to newest', other: '# new messages, jump to newest' }),
    typing: (names) => (names.length === 1 ? `${names[0]} is typing` : 'Several people are typing'),
    sending: 'Sending',
    queued: 'Waiting to be sent',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
    notSent: 'Not sent',
    reasons: {
      network: 'The server could not be reached.',
      timeout: 'The server did not answer in time.',
      unauthorized: 'Your session has ended. Sign in again.',
      not_participant: 'You do not take part in this conversation any more.',
      conversation_not_found: 'This conversation is not there any more.',
      payload_too_large: 'The message is too long.',
      blocked: 'The other side has blocked this conversation.',
      closed: 'This conversation is closed.',
      internal: 'The server had an unexpected problem.',
      unavailable: 'The server cannot answer right now.',
      'outbox-full': 'Too many messages are already waiting to be sent.',
      'no-reason': 'The server, or something in front of it, refused it without a reason.',
      unexpected: 'Something unexpected went wrong.',
    },
    discard: 'Discard',
    edit: 'Edit',
    editLabel: 'Change the message that was not sent',
    sendAgain: 'Send again',
    joined: (name) => `${name} joined the conversation`,
    left: (name) => `${name} left the conversation`,
    says: (name, text) => `${name}: ${text}`,
    image: (name) => `Image ${name}`,
    downloadFile: 'Download',
    openLink: 'Open in a new tab',
    viewImage: (name) => `View ${name}`,
    product: 'Product',
    viewProduct: 'View product',
  },
  composer: {
    label: (name) => `Message to ${name}`,
    placeholder: 'Write a message',
    send: 'Send',
    attach: 'Attach files',
    drop: 'Drop files to attach them',
    keys: 'Enter sends, Shift + Enter starts a new line',
    files: (count, size, kinds) =>
      `${n(count, { one: '# file', other: 'Up to # files' })} of at most ${size}: ${kinds}`,
    remove: (name) => `Remove ${name}`,
    uploading: (name) => `Uploading ${name}`,
    uploadFailed: (name) => `${name} could not be uploaded.`,
    uploadRefused: (name, why) => `${name} ${why}.`,
    uploadLimited: (name, wait) =>
      `${name} could not be uploaded yet: that was too much at once. It is tried again in ${wait}.`,
    tooLong: (over) => n(over, { one: '# character too many', other: '# characters too many' }),
    remaining: (count) => n(count, { one: '# character left', other: '# characters left' }),
    tooLarge: (name, size) => `${name} is larger than ${size}.`,
    wrongType: (name, kinds) => `${name} is not of a kind that can be sent: ${kinds}.`,
    emptyFile: (name) => `${name} is empty.`,
    tooMany: (name, limit) =>
      n(limit, {
        one: `${name} is one too many: a message can carry # file.`,
        other: `${name} is one too many: a message can carry # files.`,
      }),
    folder: (name) => `${name} is a folder. Attach the files in it, or pack it as a ZIP file.`,
    lostFile: (name) => `The upload of ${name} was interrupted. Please choose the file again.`,
    expiredFile: (name) =>
      `${name} was attached more than a day ago and is no longer stored. Please choose the file again.`,
    sentAs: (name) => `Will be sent as ${name}`,
    leftOut: (count) =>
      n(count, { one: '# more file was not attached.', other: '# more files were not attached.' }),
    stillUploading: (count) =>
      n(count, {
        one: 'A file is still being uploaded. You can send when it is done.',
        other: '# files are still being uploaded. You can send when they are done.',
      }),
    filesRefused: (count) =>
      n(count, {
        one: 'One file cannot be sent. Remove it to send the rest.',
        other: '# files cannot be sent. Remove them to send the rest.',
      }),
    filesFailed: (count) =>
      n(count, {
        one: 'One file was not uploaded. Try again or remove it, then send.',
        other: '# files were not uploaded. Try again or remove them, then send.',
      }),
    removeRefused: 'Remove what cannot be sent',
    notKept: 'This browser cannot store the draft. It is lost when the page is closed.',
    limited: (wait) => `That was fast. You can send again in ${wait}; your text is kept.`,
    readingAlong: 'You are reading along. Join to write; both parties will see that you did.',
  },
  header: {
    details: 'Details',
    lastSeen: (when) => `Last seen ${when}`,
    offline: 'Offline',
    unknown: 'Status unknown',
    join: 'Join',
    leave: 'Leave',
    placeTaken: 'Another administrator is already in this conversation.',
    waitingForSupport: 'Waiting for an administrator',
  },
  details: {
    title: 'Details',
    people: 'People',
    product: 'Product',
    type: 'Kind',
    subject: 'Subject',
    started: 'Started',
    lastMessage: 'Last message',
    messages: 'Messages',
  },
  admin: {
    title: 'All conversations',
    view: 'View',
    all: 'All',
    mine: 'Mine',
    unassigned: 'Waiting',
    onlineNow: 'Online now',
    nobodyOnline: 'Nobody is online.',
    onlineUnknown: 'Not known without a connection.',
    onlineLoaded: 'In the conversations listed so far. Scroll the list for more.',
    queueEmpty: 'Nobody is waiting',
    queueEmptyHint: 'Support requests without an administrator appear here. Join one to take it.',
    openFailed: 'The conversation could not be opened.',
  },
  audit: {
    title: 'Activity',
    empty: 'Nothing has been recorded yet.',
    times: (count) => n(count, { one: 'once', other: '# times' }),
    somebody: 'Somebody with a link',
    action: {
      created: 'Started the conversation',
      opened: 'Opened it again',
      joined: 'Joined',
      left: 'Left',
      sent: 'Sent a message',
      viewed: 'Looked at it without joining',
      downloaded: 'Downloaded a file',
      refused: 'Was refused',
    },
  },
  widget: {
    open: 'Open chat',
    close: 'Close chat',
    title: 'Messages',
    ask: (product) => `Ask about ${product}`,
    starting: 'Opening the conversation',
    startFailed: 'The conversation could not be opened.',
    earlierUnknown:
      'Earlier messages could not be looked for. You can write: it goes to the same conversation, if there is one.',
    startLimited: (wait) => `You have opened many conversations. Try again in ${wait}.`,
    contactSupport: 'Contact support',
  },
  signals: {
    title: (count, title) => `(${count}) ${title}`,
    soundOn: 'Turn sound on',
    soundOff: 'Turn sound off',
    notify: 'Allow notifications',
    attachment: 'Sent a file',
  },
};
