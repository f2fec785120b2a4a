export interface FirstUnread {
  seq: number;
  count: number;
}

/** Where the "new messages" line goes: fixed when the conversation is opened, gone once the reader has answered. */
export function useFirstUnread(_conversationId: string | null): FirstUnread | null {
  throw new Error('to be written');
}
