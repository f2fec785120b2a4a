import type { LateLabels } from './late.ts';

export const lateEnglish: LateLabels = {
  menu: {
    message: (name) => `Message from ${name}`,
    react: 'React',
    moreReactions: 'More reactions',
    reply: 'Reply',
    copy: 'Copy text',
    quote: 'Quote',
    copyLink: 'Copy link',
    correct: 'Correct',
    takeBack: 'Take back…',
    report: 'Report…',
    versions: 'Earlier versions',
    copied: 'Copied',
    linkCopied: 'Link copied',
    copyFailed: 'Your browser did not allow copying.',
  },
  takeBack: {
    title: 'Take this message back?',
    hint: 'Nobody can read it any more. Both sides see that you took a message back.',
    removeTitle: 'Remove this message?',
    removeHint: 'Neither side can read it any more. Both see that an administrator removed it.',
    reason: 'Reason',
    confirm: 'Take back',
  },
  versions: {
    title: 'Earlier versions',
    hint: 'Only administrators see this.',
    empty: 'There are no earlier versions.',
  },
};
