import type { Conversation, Notification } from '../client/types.ts';
import type { Draft } from './draft.ts';
import { keys } from './keys.ts';

/** There is one unread notification per conversation at most; a new state of it replaces the old one. */
export function applyNotification(draft: Draft, told: Notification): void {
  const page = draft.get(keys.notifications);
  if (page === undefined) return;
  const rest = page.notifications.filter((other) => other.id !== told.id && !isSuperseded(other, told));
  const notifications = [told, ...rest].sort((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1));
  draft.set(keys.notifications, { ...page, notifications });
}

function isSuperseded(other: Notification, told: Notification): boolean {
  return !told.isRead && !other.isRead && other.conversationId === told.conversationId;
}

/** Reading a conversation reads its notification; how much of it is left after a partial read, the server says. */
export function markNotificationsOf(draft: Draft, conversation: Conversation): void {
  const page = draft.get(keys.notifications);
  const concerns = (one: Notification) => !one.isRead && one.conversationId === conversation.id;
  if (page === undefined || !page.notifications.some(concerns)) return;
  draft.refetch({ what: 'notifications' });
  if (conversation.unreadCount > 0) return;
  draft.set(keys.notifications, {
    ...page,
    notifications: page.notifications.map((one) => (concerns(one) ? { ...one, isRead: true } : one)),
  });
}
