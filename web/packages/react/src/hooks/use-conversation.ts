import type { HaggleError } from '../client/errors.ts';
import type { Conversation } from '../client/types.ts';
import type { LoadStatus } from './results.ts';

export interface ConversationResult {
  conversation: Conversation | null;
  status: LoadStatus;
  error: HaggleError | null;
  refetch: () => void;
}

export function useConversation(_conversationId: string | null): ConversationResult {
  throw new Error('to be written');
}
