export { AdminPage, type AdminPageProps } from './AdminPage/AdminPage.tsx';
export { Avatar, type AvatarProps } from './Avatar/Avatar.tsx';
export { ChatPage, type ChatPageProps, type ListSlot } from './ChatPage/ChatPage.tsx';
export { ChatWidget, type ChatWidgetProps, type WidgetProduct } from './ChatWidget/ChatWidget.tsx';
export { Composer, type ComposerProps } from './Composer/Composer.tsx';
export { ConnectionBanner } from './ConnectionBanner/ConnectionBanner.tsx';
export { ConversationList, type ConversationListProps } from './ConversationList/ConversationList.tsx';
export { ConversationPane, type ConversationPaneProps } from './ConversationPane/ConversationPane.tsx';
export { MessageThread, type MessageThreadProps } from './MessageThread/MessageThread.tsx';
export { ReportsPage, type ReportsPageProps } from './ReportsPage/ReportsPage.tsx';
export { RequestAnswers, type RequestAnswersProps } from './RequestAnswers/RequestAnswers.tsx';
export {
  type AskedSupplier,
  RequestQuotation,
  type RequestQuotationProps,
} from './RequestQuotation/RequestQuotation.tsx';
export { SignalSettings } from './Signals/SignalSettings.tsx';
export { Signals, type SignalsProps } from './Signals/Signals.tsx';
export { StartConversation, type StartConversationProps } from './StartConversation/StartConversation.tsx';
export { UnreadBadge, type UnreadBadgeProps } from './UnreadBadge/UnreadBadge.tsx';
