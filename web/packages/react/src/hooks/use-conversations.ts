import type { Conversation, ConversationFilter } from '../client/types.ts';
import type { PagedResult } from './results.ts';

export interface ConversationsResult extends PagedResult {
  /** Newest activity first. */
  conversations: readonly Conversation[];
}

export function useConversations(_filter: ConversationFilter = {}): ConversationsResult {
  throw new Error('to be written');
}
