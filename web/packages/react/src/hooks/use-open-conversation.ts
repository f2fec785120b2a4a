import type { HaggleError } from '../client/errors.ts';
import type { Conversation, OpenConversation } from '../client/types.ts';

export interface OpenConversationResult {
  /** Gets the conversation for this purpose, creating it when there is none. Rejects with a `HaggleError`. */
  open: (purpose: OpenConversation) => Promise<Conversation>;
  isPending: boolean;
  error: HaggleError | null;
}

export function useOpenConversation(): OpenConversationResult {
  throw new Error('to be written');
}
