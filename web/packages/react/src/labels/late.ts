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
}
