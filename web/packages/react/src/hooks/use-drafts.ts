export interface Draft {
  text: string;
  setText: (text: string) => void;
  clear: () => void;
}

/** What was typed but not sent, kept per user and conversation, also over a reload. */
export function useDraft(_conversationId: string | null): Draft {
  throw new Error('to be written');
}

/** All drafts, by conversation id, for the list. */
export function useDrafts(): ReadonlyMap<string, string> {
  throw new Error('to be written');
}
