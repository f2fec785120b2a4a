import { type InfiniteData, infiniteQueryOptions, type QueryKey, queryOptions } from '@tanstack/react-query';
import type { AuditFilter } from '../client/api.ts';
import { limits } from '../client/limits.ts';
import type {
  AuditPage,
  ConversationEventPage,
  ConversationFilter,
  ConversationPage,
  ConversationType,
} from '../client/types.ts';
import { cacheViewOf } from './cache.ts';
import type { ChatData } from './chat-data.ts';
import {
  type ConversationEvents,
  type ConversationList,
  type Conversations,
  keys,
  type ListPage,
  type ListPlace,
  type Typing,
} from './keys.ts';
import { missingFrom, placeOf, unreadOfAll } from './lists.ts';

/** Every query of the package, as a value. */

export function listOptions(chat: ChatData, filter: ConversationFilter) {
  return infiniteQueryOptions<ListPage, Error, ConversationList, QueryKey, ListPlace | null>({
    queryKey: [...keys.list(filter)],
    queryFn: ({ pageParam, signal }) => fetchListPage(chat, filter, pageParam, signal),
    initialPageParam: null,
    getNextPageParam: (page) => page.next,
    // Events reach only those who take part. An administrator who looks at everything asks again instead.
    refetchInterval: filter.view === 'all' ? 30_000 : false,
  });
}

async function fetchListPage(
  chat: ChatData,
  filter: ConversationFilter,
  place: ListPlace | null,
  signal: AbortSignal,
): Promise<ListPage> {
  const mark = chat.log.mark();
  // How long the queue is, and how much is unread, comes with every list that is not a search.
  const counts = filter.q === undefined && place === null ? ({ counts: true } as const) : {};
  const answer = await chat.client.api.listConversations(
    { ...filter, ...counts },
    place?.cursor ?? null,
    signal,
  );
  chat.applyLoaded(answer.conversations, mark);
  const page = pageOf(answer);
  const known = chat.queryClient.getQueryData(keys.conversations) ?? {};
  const me = chat.client.me.get()?.id ?? null;
  for (const { id } of missingFrom(page, place?.from ?? null, filter, known, me)) {
    chat.refetch({ what: 'conversation', id, rev: null });
  }
  return page;
}

function pageOf(answer: ConversationPage): ListPage {
  const last = answer.conversations.at(-1);
  const until = last === undefined ? null : placeOf(last);
  const goesOn = answer.hasMore && answer.nextCursor !== null && until !== null;
  return {
    ids: answer.conversations.map((conversation) => conversation.id),
    until,
    counts: answer.counts ?? null,
    next: goesOn ? { cursor: answer.nextCursor as string, from: until } : null,
  };
}

/** Written by events and by every answer that contains conversations; never fetched by itself. */
export const conversationsOptions = queryOptions({
  queryKey: keys.conversations,
  queryFn: (): Conversations => ({}),
  enabled: false,
});

/** Brings one conversation into `conversations`. */
export function conversationOptions(chat: ChatData, id: string) {
  return queryOptions({
    queryKey: keys.conversation(id),
    queryFn: async () => {
      const mark = chat.log.mark();
      const conversation = await chat.client.api.getConversation(id);
      chat.applyLoaded([conversation], mark);
      return conversation.id;
    },
  });
}

/**
 * The reader's conversation about a product, wherever in their list it stands; null when there is none. It is looked for
 * in all of them, so what it finds is kept.
 */
export function productConversationOptions(chat: ChatData, productId: string, type: ConversationType) {
  return queryOptions({
    queryKey: keys.productConversation(productId, type),
    queryFn: async ({ signal }) => {
      let cursor: string | null = null;
      for (let page = 0; page < limits.lookupPages; page += 1) {
        const filter = { type, view: 'mine', limit: limits.lookupPage } as const;
        const mark = chat.log.mark();
        const answer: ConversationPage = await chat.client.api.listConversations(filter, cursor, signal);
        const found = answer.conversations.find((each) => each.product?.id === productId);
        if (found !== undefined) {
          chat.applyLoaded([found], mark);
          return found.id;
        }
        cursor = answer.nextCursor;
        if (!answer.hasMore || cursor === null) return null;
      }
      return null;
    },
  });
}

export function threadOptions(chat: ChatData, conversationId: string) {
  return queryOptions({
    queryKey: keys.thread(conversationId),
    queryFn: ({ signal }) => {
      // A thread is kept up to date by way of its conversation, so that one must be known.
      const known = chat.queryClient.getQueryData(keys.conversations)?.[conversationId];
      if (known === undefined) chat.refetch({ what: 'conversation', id: conversationId, rev: null });
      return chat.threads.newest(conversationId, signal);
    },
  });
}

/** Asked again whenever the conversation says that something but its messages has changed. */
export function eventsOptions(chat: ChatData, id: string) {
  return infiniteQueryOptions<ConversationEventPage, Error, ConversationEvents, QueryKey, string | null>({
    queryKey: [...keys.events(id)],
    queryFn: ({ pageParam, signal }) => chat.client.api.listEvents(id, pageParam, signal),
    initialPageParam: null,
    getNextPageParam: (page) => (page.hasMore ? page.nextCursor : null),
  });
}

export function typingOptions(conversationId: string) {
  return queryOptions({ queryKey: keys.typing(conversationId), queryFn: (): Typing => ({}), enabled: false });
}

export function presenceOptions(chat: ChatData, userId: string) {
  return queryOptions({
    queryKey: keys.presence(userId),
    queryFn: async ({ signal }) => {
      const mark = chat.log.mark();
      const status = await chat.client.api.userStatus(userId, signal);
      const seen = chat.queryClient.getQueryData(keys.presence(userId))?.lastSeen ?? null;
      const latest = {
        isOnline: chat.log.presence(userId, status.isOnline, mark),
        lastSeen: seen !== null && seen > (status.lastSeen ?? '') ? seen : status.lastSeen,
      };
      // Conversations show who is online, too.
      chat.applyAnswer({ type: 'online_status', payload: { userId, ...latest } });
      return { id: userId, ...latest };
    },
  });
}

export function unreadCountOptions(chat: ChatData) {
  return queryOptions({
    queryKey: keys.unreadCount,
    queryFn: async ({ signal }) => {
      const changes = chat.unreadChanges();
      const count = await chat.client.api.unreadCount(signal);
      // The answer may be older than the latest event; the sum is not.
      const exact = unreadOfAll(cacheViewOf(chat.queryClient), chat.client.environment.now());
      if (exact === null && changes !== chat.unreadChanges()) chat.refetch({ what: 'unread-count' });
      return exact ?? count;
    },
  });
}

export function notificationsOptions(chat: ChatData) {
  return queryOptions({
    queryKey: keys.notifications,
    queryFn: ({ signal }) => chat.client.api.listNotifications(signal),
  });
}

export function auditOptions(chat: ChatData, filter: AuditFilter) {
  return infiniteQueryOptions<AuditPage, Error, InfiniteData<AuditPage>, QueryKey, string | null>({
    queryKey: [...keys.audit(filter)],
    queryFn: ({ pageParam, signal }) => chat.client.api.listAudit(filter, pageParam, signal),
    initialPageParam: null,
    getNextPageParam: (page) => (page.hasMore ? page.nextCursor : null),
    // The log is written by things that send no events.
    staleTime: 0,
  });
}
