import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { FoundMessage, FoundPage } from '../client/everyday-api.ts';
import { searchMessages } from '../client/late-api.ts';
import type { Conversation } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { keys } from '../query/keys.ts';
import { asError } from './as-error.ts';
import type { PagedResult } from './results.ts';

export interface SearchResult extends PagedResult {
  /** Newest first, each with the piece that matches. */
  results: readonly FoundMessage[];
  /** The conversation of a result, fetched where it is not known. Rejects with a `HaggleError`. */
  conversationOf: (result: FoundMessage) => Promise<Conversation>;
}

/** Messages that one may see and that have these words in them, in one conversation or in all. */
export function useSearch(q: string, conversationId?: string): SearchResult {
  const chat = useChat();
  const query = useInfiniteQuery(
    {
      queryKey: ['haggle', 'search', q, conversationId ?? null],
      queryFn: ({ pageParam, signal }): Promise<FoundPage> =>
        searchMessages(chat.client.http, { q, conversationId, cursor: pageParam ?? undefined }, signal),
      initialPageParam: null as string | null,
      getNextPageParam: (page: FoundPage) => (page.hasMore ? page.nextCursor : null),
      enabled: q !== '',
      // What was said since is there the next time.
      staleTime: 0,
      gcTime: 60_000,
    },
    chat.queryClient,
  );
  const results = useMemo(() => query.data?.pages.flatMap((page) => page.results) ?? [], [query.data]);
  const conversationOf = useCallback(
    async ({ conversationId: id }: FoundMessage) => {
      const known = chat.queryClient.getQueryData(keys.conversations)?.[id];
      if (known !== undefined) return known;
      const mark = chat.log.mark();
      const conversation = await chat.client.api.getConversation(id);
      chat.applyLoaded([conversation], mark);
      return conversation;
    },
    [chat],
  );
  return {
    results,
    conversationOf,
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
