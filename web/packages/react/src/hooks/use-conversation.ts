import { useQuery } from '@tanstack/react-query';
import type { HaggleError } from '../client/errors.ts';
import type { Conversation } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { conversationOptions, conversationsOptions } from '../query/options.ts';
import { asError } from './as-error.ts';
import type { LoadStatus } from './results.ts';

export interface ConversationResult {
  conversation: Conversation | null;
  status: LoadStatus;
  error: HaggleError | null;
  refetch: () => void;
}

/** One conversation, out of the lists or asked for by itself. */
export function useConversation(conversationId: string | null): ConversationResult {
  const chat = useChat();
  const id = conversationId ?? '';
  const { data: known } = useQuery(
    { ...conversationsOptions, select: (all) => all[id] ?? null, enabled: false },
    chat.queryClient,
  );
  const isUnknown = conversationId !== null && known == null;
  const asked = useQuery({ ...conversationOptions(chat, id), enabled: isUnknown }, chat.queryClient);
  return {
    conversation: known ?? null,
    status: known == null ? asked.status : 'success',
    error: known == null ? asError(asked.error) : null,
    refetch: () => chat.refetch({ what: 'conversation', id, rev: null }),
  };
}
