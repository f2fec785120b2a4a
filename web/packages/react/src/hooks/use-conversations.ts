import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Conversation, ConversationFilter } from '../client/types.ts';
import { useChat, useStore } from '../provider/context.ts';
import { conversationsOf } from '../query/lists.ts';
import { conversationsOptions, listOptions } from '../query/options.ts';
import { asError } from './as-error.ts';
import type { PagedResult } from './results.ts';

export interface ConversationsResult extends PagedResult {
  /** Newest activity first. */
  conversations: readonly Conversation[];
}

const none: readonly Conversation[] = [];

export function useConversations(filter: ConversationFilter = {}): ConversationsResult {
  const chat = useChat();
  const me = useStore(chat.client.me)?.id ?? null;
  const { type, view } = filter;
  const q = filter.q?.trim() === '' ? undefined : filter.q?.trim();
  const list = useInfiniteQuery(
    { ...listOptions(chat, { type, q, view }), placeholderData: keepPreviousData },
    chat.queryClient,
  );
  const { data: known } = useQuery(conversationsOptions, chat.queryClient);
  const pages = list.data;
  const conversations = useMemo(
    () => (pages && known ? conversationsOf(pages, { type, q, view }, known, me) : none),
    [pages, known, type, q, view, me],
  );
  return {
    conversations,
    status: list.status,
    error: asError(list.error),
    hasMore: list.hasNextPage,
    isLoadingMore: list.isFetchingNextPage,
    loadMore: () => {
      if (list.hasNextPage && !list.isFetching) void list.fetchNextPage();
    },
    refetch: () => void list.refetch(),
  };
}
