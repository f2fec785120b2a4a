import type { OfferState, Role } from '../client/index.ts';
import type { LateLabels } from './late.ts';

interface ProblemLabel {
  title: string;
  hint: string;
}

/** What a list can be narrowed to. */
type ListState = 'unread' | 'needsReply' | 'pinned' | 'archived' | 'offersOpen' | 'offersAccepted';

/** Every word the kit shows. Replace any of them with `defineLabels`; counts and names arrive as arguments. */
export interface Labels extends LateLabels {
  /** BCP 47 tag, used for dates, numbers and plurals. */
  locale: string;
  direction: 'ltr' | 'rtl';
  common: {
    cancel: string;
    close: string;
    retry: string;
    back: string;
    dismiss: string;
    loading: string;
    loadMore: string;
    online: string;
    you: string;
    /** A participant whose account is gone. */
    formerAdmin: string;
    failed: string;
  };
  role: { buyer: string; supplier: string; admin: string };
  type: { all: string; buyer_supplier: string; buyer_admin: string; support: string };
  /** Why something could not be shown, and what one can do about it. */
  problem: {
    signedOut: ProblemLabel;
    /** Nobody was, since the page was opened. */
    notSignedIn: ProblemLabel;
    forbidden: ProblemLabel;
    gone: ProblemLabel;
    /** The hint is the server's own. */
    refused: { title: string };
    limited: { title: string; hint: (wait: string) => string };
    offline: ProblemLabel;
    unreachable: ProblemLabel;
    server: { title: string; hint: (requestId: string | null) => string };
    /** A file of the page itself is not at the server any more. */
    fileMissing: ProblemLabel;
    /** One message or conversation among others. */
    brokenItem: string;
    /** A piece of the page broke; the others go on. */
    broken: ProblemLabel;
    /** Starts the broken piece again. */
    restart: string;
  };
  connection: {
    offline: string;
    reconnecting: string;
    replaced: string;
    useHere: string;
    signedOut: string;
    /** Nobody was, since the page was opened. */
    notSignedIn: string;
    waiting: (count: number) => string;
  };
  list: {
    title: string;
    search: string;
    clearSearch: string;
    filter: string;
    empty: string;
    /** Nothing yet: what leads to a first conversation, for a buyer, a supplier or an administrator. */
    emptyHint: (role: Role | null) => string;
    /** No conversation has all of these words. */
    noMatch: (words: string) => string;
    noMatchHint: string;
    searchTooLong: (most: number) => string;
    /** The server could not be asked; what this device has was looked through. */
    localNothing: string;
    localHint: string;
    /** No conversation of the chosen kind. */
    noneOfKind: (kind: string) => string;
    noneOfKindHint: string;
    showAll: string;
    noMessages: string;
    draft: string;
    /** In front of the newest message when the reader wrote it. */
    you: string;
    unread: (count: number) => string;
    /** What the list can be narrowed to. */
    states: Record<ListState, string>;
    /** Nothing is there: what that means, and what would be. */
    noneIn: Record<ListState, ProblemLabel>;
    /** What became of the last offer, beside the preview. */
    offers: Record<OfferState, string>;
    markedUnread: string;
    muted: string;
    pinned: string;
    actions: string;
    longestWait: string;
    /** What the words are looked for in. */
    where: string;
    inConversations: string;
    inMessages: string;
    preferences: string;
    takenBack: string;
    about: (product: string) => string;
  };
  thread: {
    label: (name: string) => string;
    choose: string;
    chooseHint: string;
    empty: string;
    /** Invites to a first message; in a trade one knows what it could be about. */
    emptyHint: (name: string, isTrade: boolean) => string;
    loadingOlder: string;
    start: string;
    newMessages: string;
    jump: string;
    jumpUnread: (count: number) => string;
    typing: (names: string[]) => string;
    sending: string;
    queued: string;
    sent: string;
    delivered: string;
    read: string;
    notSent: string;
    /** Why not, by the server's code; what is not here is said in the server's own words. */
    reasons: Record<string, string>;
    discard: string;
    edit: string;
    /** Changing a message that was not sent. */
    editLabel: string;
    sendAgain: string;
    joined: (name: string) => string;
    left: (name: string) => string;
    says: (name: string, text: string) => string;
    image: (name: string) => string;
    downloadFile: string;
    openLink: string;
    viewImage: (name: string) => string;
    product: string;
    viewProduct: string;
  };
  /** Beside and below a message. */
  message: {
    actions: string;
    reply: string;
    edited: string;
    /** What stands in the place of a message that was taken back. */
    takenBack: (name: string) => string;
    takenBackByMe: string;
    removed: string;
    /** In a reply to one. */
    gone: string;
    /** Leads to the message that is answered. */
    inReplyTo: (name: string) => string;
    attachment: string;
    /** What the reaction is, with the count beside it where there is one, and who has reacted. */
    reaction: (emoji: string, names: string) => string;
    and: (count: number) => string;
    /** What happened, by the server's name of it; what is not here is said in the server's own words. */
    happened: Record<string, (name: string, reason: string | null) => string>;
    /** A change that the server did not take, and why. */
    reactFailed: (why: string) => string;
    takeBackFailed: (why: string) => string;
    jumpFailed: string;
  };
  composer: {
    label: (name: string) => string;
    placeholder: string;
    send: string;
    attach: string;
    /** Starts the form of an offer; the second asks the other side for one. */
    makeOffer: string;
    /** Back to the form of an offer or a request that was begun. */
    resumeOffer: string;
    askForOffer: string;
    offers: string;
    drop: string;
    keys: string;
    /** What may be attached: how many, how large as in "25 MB", and of what kinds as in "PNG, PDF". */
    files: (count: number, size: string, kinds: string) => string;
    remove: (name: string) => string;
    uploading: (name: string) => string;
    uploadFailed: (name: string) => string;
    /** `why` is what the server says of the file: "is broken". */
    uploadRefused: (name: string, why: string) => string;
    /** The server was given too much at once and says when there is room again. */
    uploadLimited: (name: string, wait: string) => string;
    tooLong: (over: number) => string;
    remaining: (count: number) => string;
    tooLarge: (name: string, size: string) => string;
    wrongType: (name: string, kinds: string) => string;
    emptyFile: (name: string) => string;
    tooMany: (name: string, limit: number) => string;
    folder: (name: string) => string;
    /** The upload was cut off by a reload, and the browser has not kept the file. */
    lostFile: (name: string) => string;
    expiredFile: (name: string) => string;
    /** The server gave it another name. */
    sentAs: (name: string) => string;
    /** How many more files were chosen than are shown. */
    leftOut: (count: number) => string;
    /** Why Send waits. */
    stillUploading: (count: number) => string;
    filesRefused: (count: number) => string;
    filesFailed: (count: number) => string;
    removeRefused: string;
    /** The browser stores nothing. */
    notKept: string;
    /** `wait` as in "12 seconds". */
    limited: (wait: string) => string;
    readingAlong: string;
    closed: (reason: string | null) => string;
    blocked: (name: string) => string;
    unblock: string;
    cancelReply: string;
    correcting: string;
    cancelCorrecting: string;
    save: string;
    correctFailed: (why: string) => string;
  };
  header: {
    details: string;
    lastSeen: (when: string) => string;
    /** Their clock, and how long they usually take. */
    localTime: (time: string) => string;
    answersWithin: (duration: string) => string;
    offline: string;
    /** Without a connection nobody knows whether they are there. */
    unknown: string;
    join: string;
    leave: string;
    placeTaken: string;
    waitingForSupport: string;
  };
  admin: {
    title: string;
    view: string;
    all: string;
    mine: string;
    unassigned: string;
    onlineNow: string;
    nobodyOnline: string;
    onlineUnknown: string;
    /** Of conversations further down nobody has asked yet. */
    onlineLoaded: string;
    queueEmpty: string;
    queueEmptyHint: string;
    openFailed: string;
  };
  widget: {
    open: string;
    close: string;
    title: string;
    ask: (product: string) => string;
    starting: string;
    startFailed: string;
    /** In the place of earlier messages, where it is not known whether there are any. */
    earlierUnknown: string;
    startLimited: (wait: string) => string;
    contactSupport: string;
  };
  signals: {
    title: (count: number, title: string) => string;
    soundOn: string;
    soundOff: string;
    notify: string;
    attachment: string;
  };
}

/** Labels of which only some groups, or some words of a group, are given. */
export type LabelOverrides = {
  [Group in keyof Labels]?: Labels[Group] extends string ? Labels[Group] : Partial<Labels[Group]>;
};

/** `base` with some words replaced. */
export function defineLabels(base: Labels, overrides: LabelOverrides): Labels {
  const merged: Record<string, unknown> = { ...base };
  for (const [group, words] of Object.entries(overrides)) {
    const before = merged[group];
    merged[group] = typeof words === 'object' && typeof before === 'object' ? { ...before, ...words } : words;
  }
  return merged as unknown as Labels;
}
