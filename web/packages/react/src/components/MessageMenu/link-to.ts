import type { ThreadMessage } from '../../hooks/index.ts';

/** An address that opens the conversation at this message: the host page's own, or this page with both of them named. */
export function linkTo(
  { conversationId, id }: Pick<ThreadMessage, 'conversationId' | 'id'>,
  messageHref: (conversationId: string, messageId: string) => string | null,
): string {
  const messageId = id ?? '';
  const own = messageHref(conversationId, messageId);
  if (own !== null) return new URL(own, location.href).href;
  const address = new URL(location.href);
  address.searchParams.set('conversation', conversationId);
  address.searchParams.set('message', messageId);
  return address.href;
}
