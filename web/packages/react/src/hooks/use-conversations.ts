import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { HaggleError } from '../client/errors.ts';
import type { Conversation, ConversationCounts, ConversationFilter } from '../client/types.ts';
import { useChat, useStore } from '../provider/context.ts';
import type { Conversations } from '../query/keys.ts';
import { conversationsOf, localMatches, unreadConversations } from '../query/lists.ts';
import { conversationsOptions, listOptions } from '../query/options.ts';
import { asError } from './as-error.ts';
import type { PagedResult } from './results.ts';

export interface ConversationsResult extends PagedResult {
  /** Newest activity first. */
  conversations: readonly Conversation[];
  /** How many there are of a kind, whatever is loaded. */
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
  const { type, view, waiting, archived, pinned, unread, needsReply, sort, offers } = filter;
  const q = filter.q?.trim() === '' ? undefined : filter.q?.trim();
  const wanted = useMemo(
    () => ({ type, q, waiting, view, archived, pinned, unread, needsReply, sort, offers }),
    [type, q, waiting, view, archived, pinned, unread, needsReply, sort, offers],
  );
  const list = useInfiniteQuery(
    { ...listOptions(chat, wanted), placeholderData: keepPreviousData },
    chat.queryClient,
  );
  const { data: known } = useQuery(conversationsOptions, chat.queryClient);
  const pages = list.data;
  const conversations = useMemo(
    () => (pages && known ? conversationsOf(pages, wanted, known, me) : none),
    [pages, known, wanted, me],
  );
  // Nobody can be asked: what is at hand is looked through here.
  const isLocal = pages === undefined && isUnreachable(list.error) && hasAny(known);
  const local = useMemo(
    () => (isLocal && known ? localMatches(wanted, known, me) : none),
    [isLocal, known, wanted, me],
  );
  const counts = useMemo(() => {
    const told = pages?.pages[0]?.counts ?? null;
    const exact = pages && known ? unreadConversations(pages, known, chat.client.environment.now()) : null;
    const isWhole = Object.values(wanted).every((each) => each === undefined);
    return exact === null || !isWhole ? told : { ...told, unread: exact };
  }, [pages, known, wanted, chat]);
  return {
    conversations: isLocal ? local : conversations,
    isLocal,
    counts,
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
