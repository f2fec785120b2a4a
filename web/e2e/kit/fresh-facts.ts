import type { Facts } from '../support/browser.ts';
import type { Server } from '../support/server.ts';

/** What somebody who opens the page now would be shown. */
export async function freshFacts(server: Server, conversation: string) {
  const { conversations } = await server.call<{ conversations: Listed[] }>('bea', 'GET', 'conversations');
  const { count } = await server.call<{ count: number }>('bea', 'GET', 'unread-count');
  const { messages } = await server.call<{ messages: Stored[] }>(
    'bea',
    'GET',
    `conversations/${conversation}/messages?limit=100&markRead=false`,
  );
  return {
    unread: count,
    conversations: conversations.map(
      ({ id, lastMessage, unreadCount }) => `${id} ${lastMessage} ${unreadCount}`,
    ),
    messages: messages
      .reverse()
      .map((one) => `${one.seq} ${one.message} ${one.senderId === 'bea' && one.isRead}`),
  };
}

/** What is not the same, in words. */
export function difference(fresh: Awaited<ReturnType<typeof freshFacts>>, now: Facts): string[] {
  const shown = {
    unread: now.unread,
    conversations: now.conversations.map(
      ({ id, lastMessage, unreadCount }) => `${id} ${lastMessage} ${unreadCount}`,
    ),
    messages: now.messages.slice(-100).map((one) => `${one.seq} ${one.text} ${one.status === 'read'}`),
  };
  const lines = (facts: typeof fresh) => [
    `unread ${facts.unread}`,
    ...facts.conversations,
    ...facts.messages,
  ];
  const [want, have] = [lines(fresh), lines(shown)];
  return [
    ...want.filter((line) => !have.includes(line)).map((line) => `missing: ${line}`),
    ...have.filter((line) => !want.includes(line)).map((line) => `too much: ${line}`),
    ...(want.length === have.length && want.join() !== have.join() ? ['another order'] : []),
  ];
}

interface Listed {
  id: string;
  lastMessage: string | null;
  unreadCount: number;
}

interface Stored {
  seq: number;
  message: string;
  senderId: string | null;
  isRead: boolean;
}
