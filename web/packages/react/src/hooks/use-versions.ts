import { useQuery } from '@tanstack/react-query';
import type { HaggleError } from '../client/errors.ts';
import { listVersions } from '../client/late-api.ts';
import type { MessageVersion } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { asError } from './as-error.ts';
import type { LoadStatus } from './results.ts';

export interface VersionsResult {
  versions: readonly MessageVersion[];
  status: LoadStatus;
  error: HaggleError | null;
  refetch: () => void;
}

/** What a message said before it was corrected or taken back; for administrators. */
export function useVersions(conversationId: string, messageId: string): VersionsResult {
  const { client, queryClient } = useChat();
  const { data, status, error, refetch } = useQuery(
    {
      queryKey: ['haggle', 'versions', messageId],
      queryFn: () => listVersions(client.http, conversationId, messageId),
      staleTime: 0,
    },
    queryClient,
  );
  return { versions: data ?? [], status, error: asError(error), refetch: () => void refetch() };
}
