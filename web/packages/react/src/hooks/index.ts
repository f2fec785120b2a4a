export type { LoadStatus, MessageStatus, PagedResult, SendProblem, ThreadMessage } from './results.ts';
export { plainMessage } from './results.ts';
export { type AuditFilter, type AuditResult, useAudit } from './use-audit.ts';
export { type ConnectionResult, type ConnectionStatus, useConnection } from './use-connection.ts';
export { type ConversationResult, useConversation } from './use-conversation.ts';
export { type ConversationActions, type Report, useConversationActions } from './use-conversation-actions.ts';
export { type ConversationsResult, useConversations } from './use-conversations.ts';
export { type Draft, useDraft, useDrafts } from './use-drafts.ts';
export { type FileLinks, useFile } from './use-file.ts';
export { type FilesResult, useFiles } from './use-files.ts';
export { type FirstMessagesResult, useFirstMessages } from './use-first-messages.ts';
export { type FirstUnread, useFirstUnread } from './use-first-unread.ts';
export { useIsCutOff } from './use-is-cut-off.ts';
export { type JoinLeaveResult, useJoinLeave } from './use-join-leave.ts';
export { useLastSender } from './use-last-sender.ts';
export { useLimits } from './use-limits.ts';
export { useMarkRead } from './use-mark-read.ts';
export { useMe } from './use-me.ts';
export { type ConversationEvent, useMembershipEvents } from './use-membership-events.ts';
export { type MessageActions, useMessageActions } from './use-message-actions.ts';
export { type MessagesResult, useMessages } from './use-messages.ts';
export { type NotificationsResult, useIncomingMessage, useNotifications } from './use-notifications.ts';
export {
  type NewOffer,
  type OfferActions,
  type OfferAnswer,
  useOfferActions,
  useSuperseded,
} from './use-offers.ts';
export { type OpenConversationResult, useOpenConversation } from './use-open-conversation.ts';
export { type PreferencesResult, usePreferences } from './use-preferences.ts';
export { type Presence, usePresence } from './use-presence.ts';
export { type ProductConversationResult, useProductConversation } from './use-product-conversation.ts';
export { type PushResult, type PushState, usePush } from './use-push.ts';
export { type RepliesResult, useReplies } from './use-replies.ts';
export { type ReportState, type ReportsResult, useReports } from './use-reports.ts';
export { type NewRequest, type RequestResult, useRequest, useSendRequest } from './use-request.ts';
export { type SearchResult, useSearch } from './use-search.ts';
export { type NewMessage, type SendMessageResult, useSendMessage } from './use-send-message.ts';
export { type TargetResult, useGoTo, useTarget } from './use-target.ts';
export { type TypingPerson, type TypingResult, useTyping } from './use-typing.ts';
export { useUnreadCount } from './use-unread-count.ts';
export { type Upload, type UploadProblem, type UploadResult, useUpload } from './use-upload.ts';
export { useVersions, type VersionsResult } from './use-versions.ts';
export { useWriting, type Writing, type WritingResult } from './use-writing.ts';
