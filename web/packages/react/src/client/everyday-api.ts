import type { ConversationSettings } from './everyday.ts';
import { type Http, take } from './http.ts';
import type { Conversation, FileInfo, Message } from './types.ts';

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
export interface SavedReply {
  id: string;
  name: string;
  text: string;
  isShared: boolean;
}

export type ReportReason = 'spam' | 'fraud' | 'abuse' | 'off_platform' | 'prohibited' | 'other';

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

const conversationPath = '/api/chat/conversations/{id}';
const messagePath = '/api/chat/conversations/{id}/messages/{messageId}';

export function createEverydayApi(typed: Http): EverydayApi {
  const http = typed as unknown as AnyHttp;
  const ofMessage = (id: string, messageId: string) => ({ params: { path: { id, messageId } } });
  const of = (id: string, more: object = {}) => ({ params: { path: { id, ...more } } });
  const messageIn = async (call: ReturnType<Call>) => ((await take(call)) as { message: Message }).message;
  const conversationIn = async (call: ReturnType<Call>) =>
    ((await take(call)) as { conversation: Conversation }).conversation;
  return {
    correctMessage: (id, messageId, content) =>
      messageIn(typed.PATCH(messagePath, { ...ofMessage(id, messageId), body: { content } })),
    takeBackMessage: (id, messageId, reason) =>
      messageIn(typed.DELETE(messagePath, { ...ofMessage(id, messageId), body: reason ? { reason } : {} })),
    react: (id, messageId, emoji, isOn) => {
      const path = `${messagePath}/reactions/{emoji}` as const;
      const place = { params: { path: { id, messageId, emoji } } };
      return messageIn(isOn ? typed.PUT(path, place) : typed.DELETE(path, place));
    },
    changeSettings: async (id, change) => {
      const answer = await take(http.PATCH(`${conversationPath}/settings`, { ...of(id), body: change }));
      return (answer as { settings: ConversationSettings }).settings;
    },
    setBlocked: (id, isBlocked) =>
      conversationIn(http[isBlocked ? 'PUT' : 'DELETE'](`${conversationPath}/block`, of(id))),
    setClosed: (id, isClosed, reason) =>
      conversationIn(
        http.POST(`${conversationPath}/${isClosed ? 'close' : 'reopen'}`, {
          ...of(id),
          body: reason === null ? {} : { reason },
        }),
      ),
  };
}
