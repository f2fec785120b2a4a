import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { ConversationEvent } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { eventsOptions } from '../query/options.ts';

export type { ConversationEvent };

/**
 * Administrators who joined or left; oldest first. Reaches back to `oldestSeq`, the oldest message that is loaded; null
 * while there is none.
 */
export function useMembershipEvents(
  conversationId: string,
  oldestSeq: number | null,
): readonly ConversationEvent[] {
  const chat = useChat();
  const query = useInfiniteQuery(eventsOptions(chat, conversationId), chat.queryClient);
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const events = useMemo(() => data?.pages.flatMap((page) => page.events).reverse() ?? [], [data]);
  const isShort = oldestSeq !== null && (events[0]?.seq ?? 0) >= oldestSeq;
  useEffect(() => {
    if (isShort && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [isShort, hasNextPage, isFetching, isError, fetchNextPage]);
  return events;
}
