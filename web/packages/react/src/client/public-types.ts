/* What of the server's types engineers may name, with React or without. */
export type {
  AuditAction,
  AuditEntry,
  Conversation,
  ConversationFilter,
  ConversationType,
  FileInfo,
  Me,
  Message,
  Notification,
  OpenConversation,
  Participant,
  Participants,
  Product,
  Role,
  UserStatus,
} from './types.ts';
