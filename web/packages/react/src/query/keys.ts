import type { DataTag, InfiniteData, QueryKey } from '@tanstack/react-query';
import type {
  AuditPage,
  Conversation,
  ConversationCounts,
  ConversationEventPage,
  ConversationFilter,
  Message,
  NotificationPage,
  Offer,
  QuotationRequest,
  UserStatus,
} from '../client/types.ts';

/** Every conversation that is known, once; lists only name them. */
export type Conversations = Readonly<Record<string, Conversation>>;

/** Where a page of a list begins: the server's cursor, and the place in the order where the page before ended. */
export interface ListPlace {
  cursor: string;
  from: string;
}

/** One fetched page of a conversation list. */
export interface ListPage {
  ids: readonly string[];
  /** Where it ended in the order when it was fetched; null when it was empty. */
  until: string | null;
  next: ListPlace | null;
  /** Of the first page, where they were asked for. */
  counts: ConversationCounts | null;
}

/**
 * How far a list is loaded. What it shows is derived from the known conversations, so that no event has to find its way
 * into a list; only a search keeps to the ids it found.
 */
export type ConversationList = InfiniteData<ListPage, ListPlace | null>;

/** The stretch of a conversation that is loaded: oldest first, by `seq`. A hole in it is about to be fetched. */
export interface Thread {
  messages: readonly Message[];
  hasOlder: boolean;
  /** False: the stretch reaches the newest message, and new ones are appended. */
  hasNewer: boolean;
  /** Every change of its messages up to this `rev` is in it; 0 while nobody knows. */
  rev: number;
}

/** Who is typing, and until when that holds if nothing more is heard: milliseconds since 1970. */
export type Typing = Readonly<Record<string, number>>;

/** Who joined and left, newest first: as many pages as the loaded messages reach back. */
export type ConversationEvents = InfiniteData<ConversationEventPage, string | null>;

/** A key that knows the type of its data. */
export type Key<T> = DataTag<QueryKey, T, Error>;

const root = 'haggle';
const key = <T>(...parts: unknown[]): Key<T> => [root, ...parts] as unknown as Key<T>;

/** All of the package's query keys. */
export const keys = {
  all: [root] as const,
  conversations: key<Conversations>('conversations'),
  /** The start of every list's key. */
  lists: [root, 'list'] as const,
  list: (filter: ConversationFilter) =>
    key<ConversationList>('list', {
      type: filter.type ?? null,
      q: filter.q ?? '',
      waiting: filter.waiting ?? null,
      view: filter.view ?? null,
      ...everydayOf(filter),
    }),
  productConversation: (productId: string, type: string) =>
    key<string | null>('product-conversation', productId, type),
  conversation: (id: string) => key<string>('conversation', id),
  /** The start of every thread's key. */
  threads: [root, 'thread'] as const,
  thread: (conversationId: string) => key<Thread>('thread', conversationId),
  /** The start of every key of what happened beside the messages. */
  allEvents: [root, 'events'] as const,
  events: (conversationId: string) => key<ConversationEvents>('events', conversationId),
  typing: (conversationId: string) => key<Typing>('typing', conversationId),
  presences: [root, 'presence'] as const,
  presence: (userId: string) => key<UserStatus>('presence', userId),
  unreadCount: key<number>('unread-count'),
  notifications: key<NotificationPage>('notifications'),
  /** The start of every key of a request for quotation. */
  requests: [root, 'request'] as const,
  request: (id: string) => key<QuotationRequest>('request', id),
  offerChain: (offerId: string) => key<Offer[]>('offer-chain', offerId),
  reports: [root, 'reports'] as const,
  audit: (filter: object) => key<InfiniteData<AuditPage, string | null>>('audit', filter),
};

const everyday = ['archived', 'pinned', 'unread', 'needsReply', 'sort', 'offers'] as const;

/** Those that are set: a key without any is the same as ever. */
function everydayOf(filter: ConversationFilter): Pick<ConversationFilter, (typeof everyday)[number]> {
  return Object.fromEntries(everyday.flatMap((name) => (filter[name] ? [[name, filter[name]]] : [])));
}

/** The filter inside a list's key. */
export function filterOf(listKey: QueryKey): ConversationFilter {
  const inKey = listKey[2] as {
    type: ConversationFilter['type'];
    q: string;
    waiting: true | null;
    view: ConversationFilter['view'];
  } & ConversationFilter;
  const { type, q, waiting, view } = inKey;
  return {
    ...everydayOf(inKey),
    type: type ?? undefined,
    q: q === '' ? undefined : q,
    waiting: waiting ?? undefined,
    view: view ?? undefined,
  };
}
