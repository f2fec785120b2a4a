export { acceptedFiles, HaggleError, type HaggleErrorKind, limits } from './client/index.ts';
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
} from './client/index.ts';
export * from './hooks/index.ts';
export { HaggleProvider, type HaggleProviderProps } from './provider/HaggleProvider.tsx';
