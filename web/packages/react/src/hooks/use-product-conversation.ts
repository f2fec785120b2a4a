import { useQuery } from '@tanstack/react-query';
import type { ConversationType } from '../client/types.ts';
import { useChat, useStore } from '../provider/context.ts';
import { conversationsOptions, productConversationOptions } from '../query/options.ts';
import { roleIn } from '../query/people.ts';
import type { LoadStatus } from './results.ts';

export interface ProductConversationResult {
  /** Null when there is none, or while it is not known. */
  conversationId: string | null;
  status: LoadStatus;
  refetch: () => void;
}

/** The reader's conversation of this kind about a product, however old it is. */
export function useProductConversation(productId: string, type: ConversationType): ProductConversationResult {
  const chat = useChat();
  const me = useStore(chat.client.me)?.id ?? null;
  const { data: known = null } = useQuery(
    {
      ...conversationsOptions,
      // Administrators see those of others, too.
      select: (all) =>
        Object.values(all).find(
          (each) =>
            each.product?.id === productId &&
            each.type === type &&
            (me === null || roleIn(each, me) !== null),
        )?.id ?? null,
      enabled: false,
    },
    chat.queryClient,
  );
  const asked = useQuery(
    { ...productConversationOptions(chat, productId, type), enabled: known === null },
    chat.queryClient,
  );
  return {
    conversationId: known ?? asked.data ?? null,
    status: known === null ? asked.status : 'success',
    refetch: () => void asked.refetch(),
  };
}
