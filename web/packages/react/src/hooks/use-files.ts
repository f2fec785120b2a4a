import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { FilePage, SentFile } from '../client/everyday-api.ts';
import { listFiles } from '../client/late-api.ts';
import { useChat } from '../provider/context.ts';
import { asError } from './as-error.ts';
import type { PagedResult } from './results.ts';

export interface FilesResult extends PagedResult {
  /** Newest first, with links as fresh as the last fetch. */
  files: readonly SentFile[];
}

/** Every file of a conversation. */
export function useFiles(conversationId: string): FilesResult {
  const { client, queryClient } = useChat();
  const query = useInfiniteQuery(
    {
      queryKey: ['haggle', 'files', conversationId],
      queryFn: ({ pageParam, signal }): Promise<FilePage> =>
        listFiles(client.http, conversationId, pageParam, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page: FilePage) => (page.hasMore ? page.nextCursor : null),
      staleTime: 0,
    },
    queryClient,
  );
  const files = useMemo(
    () =>
      query.data?.pages.flatMap((page) => page.files.map((file) => withAddress(file, client.baseUrl))) ?? [],
    [query.data, client],
  );
  return {
    files,
    status: query.status,
    error: asError(query.error),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    refetch: () => void query.refetch(),
  };
}

/** Links from the server are paths; the page may live elsewhere. */
function withAddress(file: SentFile, baseUrl: string): SentFile {
  const full = (url: string) => (url.startsWith('/') ? baseUrl + url : url);
  const { thumbnailUrl } = file;
  return { ...file, url: full(file.url), ...(thumbnailUrl && { thumbnailUrl: full(thumbnailUrl) }) };
}
