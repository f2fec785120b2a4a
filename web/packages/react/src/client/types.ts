import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type Role = Schemas['Role'];
export type ConversationType = Schemas['ConversationType'];
export type Participant = Schemas['Participant'];
export type Participants = Schemas['Participants'];
export type Product = Schemas['Product'];
export type Conversation = Schemas['Conversation'];
export type ConversationPage = Schemas['ConversationPage'];
export type OpenConversation = Schemas['OpenConversation'];
export type Message = Schemas['Message'];
export type MessagePage = Schemas['MessagePage'];
/** An attachment. Its links are signed and die after 15 minutes; `useFile` gives fresh ones. */
export type FileInfo = Schemas['File'];
export type UserStatus = Schemas['UserStatus'];
export type Notification = Schemas['Notification'];
export type NotificationPage = Schemas['NotificationPage'];
export type AuditEntry = Schemas['AuditEntry'];
export type AuditPage = Schemas['AuditPage'];
export type Problem = Schemas['Problem'];

/** Who is signed in. The role is null until a conversation or the host page tells it. */
export interface Me {
  id: string;
  role: Role | null;
}

export interface ConversationFilter {
  type?: ConversationType | undefined;
  /** Part of a name, a product or the last message. */
  q?: string | undefined;
  /** For administrators; the server's default is `all` for them. */
  view?: 'mine' | 'all' | undefined;
}
