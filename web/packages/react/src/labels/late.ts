import type { ReportReason } from '../client/everyday-api.ts';
import type { AuditAction } from '../client/index.ts';

/** The words of what is loaded when somebody asks for it: menus and dialogs. */
export interface LateLabels {
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
