import type { Conversation, Message } from '../client/types.ts';

/** Plausible values for tests, with what matters to the test changed. */
export function messageAt(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: `m${seq}`,
    conversationId: 'c1',
    seq,
    senderId: 'bea',
    senderName: 'Bea',
    senderType: 'buyer',
    receiverId: null,
    message: `text ${seq}`,
    kind: 'text',
    attachments: [],
    files: [],
    isRead: false,
    clientMessageId: null,
    createdAt: timeAt(seq),
    ...change,
  };
}

/** Between Bea, who buys, and Bob, who supplies, as Bob sees it. */
export function conversationOf(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    type: 'buyer_supplier',
    participants: {
      buyer: { id: 'bea', name: 'Bea', isOnline: false, lastReadSeq: 0 },
      supplier: { id: 'bob', name: 'Bob Ltd', isOnline: true, lastReadSeq: 0 },
    },
    lastMessage: null,
    lastMessageAt: null,
    unreadCount: 0,
    lastSeq: 0,
    rev: 1,
    lastReadSeq: 0,
    createdAt: timeAt(0),
    ...change,
  };
}

/** A time of its own for each number. */
export function timeAt(at: number): string {
  return new Date(1_700_000_000_000 + at * 1_000).toISOString();
}
