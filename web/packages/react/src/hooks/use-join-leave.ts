import { useMutation } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { HaggleError } from '../client/errors.ts';
import { useChat } from '../provider/context.ts';
import { asError } from './as-error.ts';

export interface JoinLeaveResult {
  /** Both reject with a `HaggleError`; a place that is taken has status 409. */
  join: () => Promise<void>;
  leave: () => Promise<void>;
  isPending: boolean;
  error: HaggleError | null;
}

/** For administrators. */
export function useJoinLeave(conversationId: string): JoinLeaveResult {
  const chat = useChat();
  const { mutateAsync, isPending, error } = useMutation(
    {
      mutationFn: async (what: 'join' | 'leave') => {
        const { api } = chat.client;
        await api[what](conversationId);
        const mark = chat.log.mark();
        chat.applyLoaded([await api.getConversation(conversationId)], mark);
      },
      networkMode: 'always',
    },
    chat.queryClient,
  );
  return {
    join: useCallback(() => mutateAsync('join'), [mutateAsync]),
    leave: useCallback(() => mutateAsync('leave'), [mutateAsync]),
    isPending,
    error: asError(error),
  };
}
