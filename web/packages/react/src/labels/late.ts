import type { ReportReason } from '../client/everyday-api.ts';
import type { AuditAction, OfferState } from '../client/index.ts';

/** What is wrong with a field, before the server is asked. */
export interface TermProblems {
  required: string;
  amount: string;
  positive: string;
  tooLong: (most: number, are: number) => string;
  days: (most: number) => string;
  past: string;
  tooFar: string;
  /** A rule of delivery needs the place that it is named for, and a place its rule. */
  place: string;
  incoterm: string;
  total: string;
  itemsMost: (most: number) => string;
}

/** The words of what is loaded when somebody asks for it: menus and dialogs. */
export interface LateLabels {
  /** In place of one's own name, within a sentence. */
  you: string;
  menu: {
    /** The menu of one message. */
    message: (name: string) => string;
    react: string;
    moreReactions: string;
    reply: string;
    copy: string;
    quote: string;
    copyLink: string;
    correct: string;
    takeBack: string;
    report: string;
    versions: string;
    copied: string;
    linkCopied: string;
    copyFailed: string;
  };
  /** The menu of one conversation, and its dialogs. */
  conversation: {
    menu: (name: string) => string;
    pin: string;
    unpin: string;
    markUnread: string;
    mute: string;
    unmute: string;
    muteHour: string;
    muteDay: string;
    muteWeek: string;
    muteAlways: string;
    muted: string;
    search: string;
    archive: string;
    unarchive: string;
    archived: string;
    unarchived: string;
    undo: string;
    report: string;
    block: string;
    unblock: string;
    blockTitle: (name: string) => string;
    blockHint: string;
    blockConfirm: string;
    close: string;
    closeTitle: string;
    closeHint: string;
    closeConfirm: string;
    reopen: string;
    reopenTitle: string;
    reopenHint: string;
    reopenConfirm: string;
    reason: string;
    changeFailed: (why: string) => string;
  };
  report: {
    title: string;
    messageTitle: string;
    hint: string;
    reason: string;
    reasons: Record<ReportReason, string>;
    text: string;
    confirm: string;
    sent: string;
  };
  search: {
    /** In one conversation. */
    inside: string;
    older: string;
    newer: string;
    place: (at: number, count: number, isMore: boolean) => string;
    results: string;
    nothing: (words: string) => string;
    nothingHint: string;
    tooShort: string;
  };
  replies: {
    title: string;
    hint: string;
    empty: string;
    noMatch: string;
    manage: string;
    /** The whole company has it. */
    shared: string;
    share: string;
    add: string;
    edit: (name: string) => string;
    remove: (name: string) => string;
    name: string;
    text: string;
    placeholders: string;
    taken: string;
  };
  files: {
    title: string;
    none: string;
    larger: string;
    smaller: string;
    next: string;
    previous: string;
  };
  preferences: {
    title: string;
    hint: string;
    email: string;
    emailAt: Record<'now' | 'hourly' | 'daily' | 'off', string>;
    push: string;
    pushHint: string;
    pushDenied: string;
    quiet: string;
    from: string;
    to: string;
    zone: string;
    saved: string;
  };
  /** Offers and requests for quotation. */
  offer: {
    offer: string;
    counter: string;
    request: string;
    items: string;
    item: (number: number) => string;
    name: string;
    quantity: string;
    unit: string;
    unitPrice: string;
    lineTotal: string;
    total: string;
    /** One item of a list: `500 pcs × €1.20`. */
    times: (quantity: string, unit: string, price: string | null) => string;
    currency: string;
    delivery: string;
    incoterm: string;
    noIncoterm: string;
    /** The place of delivery, in a field of its own. */
    place: string;
    leadTime: string;
    leadTimeDays: string;
    days: (count: number) => string;
    payment: string;
    validUntil: string;
    answersUntil: string;
    remarks: string;
    note: string;
    noteHint: string;
    endsIn: (duration: string) => string;
    expired: string;
    /** What became of it, by whom and when. */
    outcome: Record<Exclude<OfferState, 'open'>, (name: string, when: string) => string>;
    waitsForYou: string;
    waitsFor: (name: string) => string;
    /** What the offer before said. */
    was: (value: string) => string;
    wasNothing: string;
    isNew: string;
    removed: string;
    changes: (count: number) => string;
    accept: string;
    decline: string;
    doCounter: string;
    withdraw: string;
    make: string;
    compare: string;
    acceptTitle: string;
    acceptHint: string;
    declineTitle: string;
    declineHint: (name: string) => string;
    withdrawTitle: string;
    withdrawHint: string;
    /** It was another one by then, and is shown as it is. */
    changedMeanwhile: string;
    notOpen: string;
    openAlready: string;
    nowNew: string;
    show: string;
    /** The form. */
    makeTitle: string;
    counterTitle: string;
    askTitle: string;
    addItem: string;
    removeItem: (name: string) => string;
    send: string;
    sendCounter: string;
    ask: string;
    /** Leaves a form that was begun, which is kept. */
    aside: string;
    discard: string;
    discarded: string;
    replaced: string;
    /** Another window has filled the form in too. */
    otherWindow: string;
    useOther: string;
    notKept: string;
    undo: string;
    fix: (count: number) => string;
    optional: string;
    problems: TermProblems;
    failed: (why: string) => string;
    askedElsewhere: (name: string) => string;
    openIt: string;
  };
  /** One request to several suppliers, and their answers side by side. */
  requests: {
    title: string;
    suppliers: string;
    suppliersHint: (most: number) => string;
    noSupplier: string;
    tooMany: (most: number) => string;
    send: (count: number) => string;
    sent: (count: number) => string;
    answers: string;
    supplier: string;
    state: string;
    states: Record<'waiting' | 'offered' | 'declined' | 'accepted', string>;
    lowest: string;
    /** The newest price is one that the buyer has named. */
    byBuyer: string;
    fastest: string;
    openConversation: string;
    closed: (when: string) => string;
    close: string;
    closeTitle: string;
    closeHint: string;
    closeAccepted: (name: string) => string;
    /** What is left to do once one was accepted. */
    acceptedNext: string;
    message: string;
    /** The request says so many of something. */
    asked: (when: string) => string;
  };
  reports: {
    title: string;
    state: string;
    states: Record<'open' | 'answered' | 'dismissed', string>;
    none: Record<'open' | 'answered' | 'dismissed', string>;
    by: (name: string) => string;
    somebody: string;
    aboutMessage: string;
    aboutConversation: string;
    show: string;
    answer: string;
    answerTitle: string;
    answerHint: string;
    answerText: string;
    dismiss: string;
    reopen: string;
    answered: (name: string, when: string) => string;
    dismissed: (name: string, when: string) => string;
    done: Record<'open' | 'answered' | 'dismissed', string>;
  };
  takeBack: {
    title: string;
    hint: string;
    /** An administrator takes back what somebody else wrote. */
    removeTitle: string;
    removeHint: string;
    reason: string;
    confirm: string;
  };
  versions: {
    title: string;
    hint: string;
    empty: string;
  };
  details: {
    title: string;
    people: string;
    product: string;
    type: string;
    subject: string;
    started: string;
    lastMessage: string;
    messages: string;
  };
  /** What administrators read below the details: who did what, when and from where. */
  audit: {
    title: string;
    empty: string;
    /** How often the same was done at the same time. */
    times: (count: number) => string;
    /** Whoever had a signed link. */
    somebody: string;
    /** Nobody did it: an offer whose time was over, for example. */
    nobody: string;
    action: Record<AuditAction, string>;
  };
}
