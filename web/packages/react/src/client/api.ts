import { createEverydayApi, type EverydayApi } from './everyday-api.ts';
import { done, type Http, take } from './http.ts';
import { limits } from './limits.ts';
import type {
  AuditAction,
  AuditPage,
  Conversation,
  ConversationEventPage,
  ConversationFilter,
  ConversationPage,
  Message,
  MessagePage,
  NotificationPage,
  OpenConversation,
  UserStatus,
} from './types.ts';

/** Where a page of messages lies: at the end, or beside a message of this id. */
export interface PagePlace {
  before?: string | undefined;
  after?: string | undefined;
  around?: string | undefined;
  limit?: number | undefined;
}

export interface OutgoingMessage {
  content: string;
  attachments: string[];
  clientMessageId: string;
  /** The id of the message that it answers. */
  replyTo?: string;
}

export interface AuditFilter {
  conversationId?: string | undefined;
  actorId?: string | undefined;
  action?: AuditAction | undefined;
  /** RFC 3339: nothing older than this. */
  from?: string | undefined;
  /** RFC 3339: only what is older than this. */
  to?: string | undefined;
}

/** The server's endpoints as plain calls. Everything rejects with a `HaggleError`. */
export interface Api extends EverydayApi {
  listConversations: (
    filter: ConversationFilter & { counts?: true | undefined; limit?: number | undefined },
    cursor: string | null,
    signal?: AbortSignal,
  ) => Promise<ConversationPage>;
  getConversation: (id: string) => Promise<Conversation>;
  /** Get or create. */
  openConversation: (purpose: OpenConversation) => Promise<Conversation>;
  join: (id: string) => Promise<void>;
  leave: (id: string) => Promise<void>;
  /** Never marks as read: that is `markRead`, when somebody has really seen it. */
  listMessages: (conversationId: string, place: PagePlace, signal?: AbortSignal) => Promise<MessagePage>;
  /** Who joined and left, newest first. */
  listEvents: (
    conversationId: string,
    cursor: string | null,
    signal?: AbortSignal,
  ) => Promise<ConversationEventPage>;
  /** A repeated `clientMessageId` answers with the first result. */
  sendMessage: (conversationId: string, message: OutgoingMessage) => Promise<Message>;
  markRead: (conversationId: string, upTo: string | null) => Promise<{ unreadCount: number }>;
  unreadCount: (signal?: AbortSignal) => Promise<number>;
  userStatus: (userId: string, signal?: AbortSignal) => Promise<UserStatus>;
  listNotifications: (signal?: AbortSignal) => Promise<NotificationPage>;
  /** Without ids, all of them. */
  markNotificationsRead: (ids: readonly string[] | null) => Promise<void>;
  listAudit: (filter: AuditFilter, cursor: string | null, signal?: AbortSignal) => Promise<AuditPage>;
  /** What the server is set to. */
  limits: () => Promise<unknown>;
}

export function createApi(http: Http): Api {
  const path = (id: string) => ({ path: { id } });
  const none = null;
  return {
    ...createEverydayApi(http),
    listConversations: (filter, cursor, signal = undefined) =>
      take(
        http.GET('/api/chat/conversations', {
          params: {
            query: defined({ limit: limits.conversationPage, ...filter, cursor: cursor ?? undefined }),
          },
          signal: signal ?? none,
        }),
      ),
    getConversation: (id) => take(http.GET('/api/chat/conversations/{id}', { params: path(id) })),
    openConversation: (purpose) => take(http.POST('/api/chat/conversations', { body: purpose })),
    join: (id) => done(http.POST('/api/chat/conversations/{id}/join', { params: path(id) })),
    leave: (id) => done(http.POST('/api/chat/conversations/{id}/leave', { params: path(id) })),
    listMessages: (id, place, signal) =>
      take(
        http.GET('/api/chat/conversations/{id}/messages', {
          params: { ...path(id), query: defined({ limit: limits.messagePage, ...place, markRead: false }) },
          signal: signal ?? none,
        }),
      ),
    listEvents: (id, cursor, signal) =>
      take(
        http.GET('/api/chat/conversations/{id}/events', {
          params: { ...path(id), query: defined({ limit: limits.eventPage, cursor: cursor ?? undefined }) },
          signal: signal ?? none,
        }),
      ),
    sendMessage: async (id, body) => {
      const sent: { message: Message } = await take(
        http.POST('/api/chat/conversations/{id}/messages', { params: path(id), body: body as never }),
      );
      return sent.message;
    },
    markRead: (id, upTo) =>
      take(
        http.PATCH('/api/chat/conversations/{id}/read', {
          params: path(id),
          body: upTo === null ? {} : { upTo },
        }),
      ),
    unreadCount: async (signal) => {
      const { count } = await take(http.GET('/api/chat/unread-count', { signal: signal ?? none }));
      return count;
    },
    userStatus: (id, signal) =>
      take(http.GET('/api/chat/users/{id}/status', { params: path(id), signal: signal ?? none })),
    listNotifications: (signal) =>
      take(
        http.GET('/api/chat/notifications', {
          params: { query: { limit: limits.notificationPage, unread: false } },
          signal: signal ?? none,
        }),
      ),
    markNotificationsRead: (ids) =>
      done(http.PATCH('/api/chat/notifications/read', { body: ids === null ? {} : { ids: [...ids] } })),
    limits: () => take(http.GET('/api/chat/limits')),
    listAudit: (filter, cursor, signal) =>
      take(
        http.GET('/api/chat/audit', {
          params: { query: defined({ ...filter, cursor: cursor ?? undefined }) },
          signal: signal ?? none,
        }),
      ),
  };
}

/** An absent filter must be absent from the address, not the word "undefined". */
function defined<T extends object>(query: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== ''),
  ) as { [K in keyof T]: Exclude<T[K], undefined> };
}
