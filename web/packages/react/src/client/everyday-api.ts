import { type Http, take } from './http.ts';
import type { components } from './schema.ts';
import type { Conversation, ConversationSettings, FileInfo, Message } from './types.ts';

/** Part of a message that was found; `isMatch` is what was looked for. */
interface SnippetPart {
  text: string;
  isMatch: boolean;
}

export interface FoundMessage {
  conversationId: string;
  message: Message;
  snippet: SnippetPart[];
}

export interface FoundPage {
  results: FoundMessage[];
  hasMore: boolean;
  nextCursor: string | null;
}

/** A text that somebody writes often; a shared one is the whole company's. */
export type SavedReply = components['schemas']['SavedReply'];

export type ReportReason = components['schemas']['ReportReason'];

export interface SentFile extends FileInfo {
  messageId: string;
  seq: number;
  senderId: string | null;
  senderName: string;
  createdAt: string;
}

export interface FilePage {
  files: SentFile[];
  hasMore: boolean;
  nextCursor: string | null;
}

export interface Preferences {
  email: 'off' | 'now' | 'hourly' | 'daily';
  push: boolean;
  quietHours: { from: string; to: string; timeZone: string } | null;
  language: string;
}

/** What people do with messages and conversations every day. */
export interface EverydayApi {
  /** These three answer with the message as it is then; doing it again changes nothing. */
  correctMessage: (conversationId: string, messageId: string, content: string) => Promise<Message>;
  takeBackMessage: (conversationId: string, messageId: string, reason?: string) => Promise<Message>;
  react: (conversationId: string, messageId: string, emoji: string, isOn: boolean) => Promise<Message>;
  changeSettings: (id: string, change: Partial<ConversationSettings>) => Promise<ConversationSettings>;
  setBlocked: (id: string, isBlocked: boolean) => Promise<Conversation>;
  /** For administrators. */
  setClosed: (id: string, isClosed: boolean, reason: string | null) => Promise<Conversation>;
}

/** Until the document has these addresses. */
type Call = (path: string, init?: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
export type AnyHttp = Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Call>;

export function createEverydayApi(http: Http): EverydayApi {
  const of = (id: string) => ({ params: { path: { id } } });
  const ofMessage = (id: string, messageId: string) => ({ params: { path: { id, messageId } } });
  const message = '/api/chat/conversations/{id}/messages/{messageId}';
  const reaction = `${message}/reactions/{emoji}` as const;
  const block = '/api/chat/conversations/{id}/block';
  return {
    correctMessage: async (id, messageId, content) =>
      (await take(http.PATCH(message, { ...ofMessage(id, messageId), body: { content } }))).message,
    takeBackMessage: async (id, messageId, reason) => {
      const body = reason === undefined ? {} : { reason };
      return (await take(http.DELETE(message, { ...ofMessage(id, messageId), body }))).message;
    },
    react: async (id, messageId, emoji, isOn) => {
      const place = { params: { path: { id, messageId, emoji } } };
      return (await take(isOn ? http.PUT(reaction, place) : http.DELETE(reaction, place))).message;
    },
    changeSettings: async (id, body) =>
      (await take(http.PATCH('/api/chat/conversations/{id}/settings', { ...of(id), body }))).settings,
    setBlocked: async (id, isBlocked) =>
      (await take(isBlocked ? http.PUT(block, of(id)) : http.DELETE(block, of(id)))).conversation,
    setClosed: async (id, isClosed, reason) => {
      const { conversation } = await take(
        isClosed
          ? http.POST('/api/chat/conversations/{id}/close', { ...of(id), body: { reason: reason ?? '' } })
          : http.POST('/api/chat/conversations/{id}/reopen', {
              ...of(id),
              body: reason === null ? {} : { reason },
            }),
      );
      return conversation;
    },
  };
}
