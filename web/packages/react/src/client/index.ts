export { HaggleError, type HaggleErrorKind } from './errors.ts';
export { acceptedFiles, limits } from './limits.ts';
export type {
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
