import type { Conversation, Me, Participant } from '../../client/index.ts';
import { plainMessage, type ThreadMessage } from '../../hooks/results.ts';

const person = (id: string, name: string, isOnline = false): Participant => ({
  id,
  name,
  isOnline,
  lastReadSeq: 0,
});

export const mara = person('u-mara', 'Mara Lindqvist', true);
const mill = person('u-mill', 'Anatolia Textiles');
export const noor = person('u-noor', 'Noor Haddad', true);
export const buyer: Me = { id: mara.id, role: 'buyer' };
export const admin: Me = { id: noor.id, role: 'admin' };

export function conversation(given: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    type: 'buyer_supplier',
    participants: { buyer: mara, supplier: mill },
    lastMessage: 'We can hold 2.40 EUR.',
    lastMessageAt: '2026-03-02T10:00:00.000Z',
    unreadCount: 0,
    lastSeq: 2,
    rev: 1,
    lastReadSeq: 2,
    createdAt: '2026-03-01T10:00:00.000Z',
    ...given,
  };
}

export function message(seq: number, given: Partial<ThreadMessage> = {}): ThreadMessage {
  return {
    key: `m${seq}`,
    id: `m${seq}`,
    seq,
    conversationId: 'c1',
    senderId: mill.id,
    senderName: mill.name,
    senderType: 'supplier',
    isMine: false,
    text: `text ${seq}`,
    files: [],
    createdAt: `2026-03-02T10:${String(seq).padStart(2, '0')}:00.000Z`,
    status: 'received',
    problem: null,
    ...plainMessage,
    ...given,
  };
}

export function own(seq: number, given: Partial<ThreadMessage> = {}): ThreadMessage {
  const mine = {
    senderId: mara.id,
    senderName: mara.name,
    senderType: 'buyer',
    isMine: true,
    status: 'sent',
  } as const;
  return message(seq, { ...mine, ...given });
}
