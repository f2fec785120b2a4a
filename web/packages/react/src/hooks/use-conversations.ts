import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { HaggleError } from '../client/errors.ts';
import type { Conversation, ConversationCounts, ConversationFilter } from '../client/types.ts';
import { useChat, useStore } from '../provider/context.ts';
import type { Conversations } from '../query/keys.ts';
import { conversationsOf, localMatches } from '../query/lists.ts';
import { conversationsOptions, listOptions } from '../query/options.ts';
import { asError } from './as-error.ts';
import type { PagedResult } from './results.ts';

export interface ConversationsResult extends PagedResult {
  /** Newest activity first. */
  conversations: readonly Conversation[];
  /** How many there are of a kind at the server; for administrators who look at all. */
  counts: ConversationCounts | null;
  /** The server could not be asked: these are of the conversations that this device has. */
  isLocal: boolean;
}

const none: readonly Conversation[] = [];

const isUnreachable = (error: Error | null) =>
  error instanceof HaggleError && (error.kind === 'network' || error.kind === 'timeout');

const hasAny = (known: Conversations | undefined) => known !== undefined && Object.keys(known).length > 0;

export function useConversations(filter: ConversationFilter = {}): ConversationsResult {
  const chat = useChat();
  const me = useStore(chat.client.me)?.id ?? null;
  const { type, view, waiting } = filter;
  const q = filter.q?.trim() === '' ? undefined : filter.q?.trim();
  const list = useInfiniteQuery(
    { ...listOptions(chat, { type, q, waiting, view }), placeholderData: keepPreviousData },
    chat.queryClient,
  );
  const { data: known } = useQuery(conversationsOptions, chat.queryClient);
  const pages = list.data;
  const conversations = useMemo(
    () => (pages && known ? conversationsOf(pages, { type, q, waiting, view }, known, me) : none),
    [pages, known, type, q, waiting, view, me],
  );
  // Nobody can be asked: what is at hand is looked through here.
  const isLocal = pages === undefined && isUnreachable(list.error) && hasAny(known);
  const local = useMemo(
    () => (isLocal && known ? localMatches({ type, q, waiting, view }, known, me) : none),
    [isLocal, known, type, q, waiting, view, me],
  );
  return {
    conversations: isLocal ? local : conversations,
    isLocal,
    counts: pages?.pages[0]?.counts ?? null,
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
