import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { HaggleError } from '../client/errors.ts';
import type { SavedReply } from '../client/everyday-api.ts';
import { deleteReply, listReplies, saveReply } from '../client/late-api.ts';
import { useChat } from '../provider/context.ts';
import { asError } from './as-error.ts';
import type { LoadStatus } from './results.ts';

export interface RepliesResult {
  replies: readonly SavedReply[];
  status: LoadStatus;
  error: HaggleError | null;
  refetch: () => void;
  /** Without an id it is a new one. Both reject with a `HaggleError`; a name that is taken has status 409. */
  save: (reply: Omit<SavedReply, 'id'> & { id: string | null }) => Promise<void>;
  remove: (id: string) => Promise<void>;
}

const none: readonly SavedReply[] = [];
const queryKey = ['haggle', 'replies'];

/** What somebody writes often: their own texts, and those of their company. */
export function useReplies(): RepliesResult {
  const { client, queryClient } = useChat();
  const { data, status, error, refetch } = useQuery(
    { queryKey, queryFn: () => listReplies(client.http), staleTime: 5 * 60_000 },
    queryClient,
  );
  const changed = useCallback(
    async (work: Promise<void>) => {
      await work;
      await queryClient.invalidateQueries({ queryKey });
    },
    [queryClient],
  );
  return {
    replies: data ?? none,
    status,
    error: asError(error),
    refetch: () => void refetch(),
    save: useCallback((reply) => changed(saveReply(client.http, reply)), [changed, client]),
    remove: useCallback((id) => changed(deleteReply(client.http, id)), [changed, client]),
  };
}
