import { useMutation } from '@tanstack/react-query';
import type { HaggleError } from '../client/errors.ts';
import type { Conversation, OpenConversation } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { asError } from './as-error.ts';

export interface OpenConversationResult {
  /** Gets the conversation for this purpose, creating it when there is none. Rejects with a `HaggleError`. */
  open: (purpose: OpenConversation) => Promise<Conversation>;
  isPending: boolean;
  error: HaggleError | null;
}

export function useOpenConversation(): OpenConversationResult {
  const chat = useChat();
  const { mutateAsync, isPending, error } = useMutation(
    {
      mutationFn: async (purpose: OpenConversation) => {
        const mark = chat.log.mark();
        const conversation = await chat.client.api.openConversation(purpose);
        chat.applyLoaded([conversation], mark);
        return conversation;
      },
      // Without a network it fails at once, instead of opening something long after the click.
      networkMode: 'always',
    },
    chat.queryClient,
  );
  return { open: mutateAsync, isPending, error: asError(error) };
}
