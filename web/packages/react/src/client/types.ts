import type { components } from './schema.ts';

type Schemas = components['schemas'];

/** The document calls optional what may be null; the server sends it always, except what is named as absent. */
type Sent<T, Absent extends keyof T = never> = Required<Omit<T, Absent>> & Pick<T, Absent>;

export type Role = Schemas['Message']['senderType'];
export type ConversationType = Schemas['ConversationType'];
export type Participant = Schemas['Participant'];
export type Participants = Schemas['Participants'];
export type Product = Schemas['Product'];
export type Conversation = Sent<Schemas['Conversation'], 'product'>;
export type OpenConversation = Schemas['OpenConversation'];
/** An attachment. Its links are signed and die after 15 minutes; `useFile` gives fresh ones. */
export type FileInfo = Schemas['File'];
export type Message = Sent<Schemas['Message']>;
export type UserStatus = Sent<Schemas['UserStatus']>;
export type Notification = Schemas['Notification'];
export type Problem = Schemas['Problem'];

/** How many conversations there are of a kind, whatever page is looked at; what the server does not count is absent. */
export interface ConversationCounts {
  waiting?: number | undefined;
}
export type ConversationPage = Sent<Omit<Schemas['ConversationPage'], 'conversations' | 'counts'>> & {
  conversations: Conversation[];
  counts?: ConversationCounts | undefined;
};
export type MessagePage = Sent<Omit<Schemas['MessagePage'], 'messages'>> & { messages: Message[] };
export type NotificationPage = Sent<Schemas['NotificationPage']>;

/** An administrator joined or left. */
export type ConversationEvent = Schemas['ConversationEvent'];
export type ConversationEventPage = Schemas['ConversationEventPage'];

/** Who is signed in. The role is null until a conversation or the host page tells it. */
export interface Me {
  id: string;
  role: Role | null;
}

export interface ConversationFilter {
  type?: ConversationType | undefined;
  /** Words out of names, companies, products and the last message. */
  q?: string | undefined;
  /** Only requests that no administrator has taken. */
  waiting?: true | undefined;
  /** For administrators; the server's default is `all` for them. */
  view?: 'mine' | 'all' | undefined;
}

/** Who did what, when and from where; never what was said. */
export type AuditEntry = Schemas['AuditEntry'];
export type AuditAction = Schemas['AuditAction'];
export type AuditPage = Schemas['AuditPage'];
