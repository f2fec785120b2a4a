import type { OutboxItem, OutboxState } from '../client/outbox/outbox-state.ts';
import type { Conversation, Message } from '../client/types.ts';
import { type MessageStatus, plainMessage, type ThreadMessage } from '../hooks/results.ts';
import { others, roleIn } from './people.ts';
import { positionOf } from './thread.ts';

/** What decides about the ticks of our own messages. */
export interface Receipts {
  me: string | null;
  anyOnline: boolean;
  /** How far anybody else has read. */
  readSeq: number;
  /** When anybody else was last seen, RFC 3339; empty when unknown. */
  seenAt: string;
}

export function receiptsOf(
  conversation: Conversation | undefined,
  me: string | null,
  lastSeen: readonly (string | null | undefined)[],
): Receipts {
  const people = conversation === undefined ? [] : others(conversation, me);
  return {
    me,
    anyOnline: people.some((person) => person.isOnline),
    readSeq: Math.max(0, ...people.map((person) => person.lastReadSeq)),
    seenAt: lastSeen.reduce<string>((latest, at) => (at != null && at > latest ? at : latest), ''),
  };
}

/** Stored messages as shown, and what they were made from, so that the next call reuses what has not changed. */
export interface Shown {
  messages: readonly Message[];
  receipts: Receipts;
  shown: readonly ThreadMessage[];
}

export const nothingShown: Shown = {
  messages: [],
  receipts: { me: null, anyOnline: false, readSeq: 0, seenAt: '' },
  shown: [],
};

/** With 100,000 messages and one new one, exactly one object is made. */
export function showMessages(messages: readonly Message[], receipts: Receipts, before: Shown): Shown {
  const offset = offsetBetween(messages, before.messages);
  const sameReceipts = isSame(receipts, before.receipts);
  const shown: ThreadMessage[] = new Array(messages.length);
  for (let at = 0; at < messages.length; at += 1) {
    const message = messages[at] as Message;
    const old = before.messages[at + offset] === message ? before.shown[at + offset] : undefined;
    if (old !== undefined && (sameReceipts || statusOf(message, receipts) === old.status)) shown[at] = old;
    else shown[at] = show(message, statusOf(message, receipts));
  }
  return { messages, receipts, shown };
}

/** What to add to a place in the list to find the same message in the one before. */
function offsetBetween(messages: readonly Message[], before: readonly Message[]): number {
  const first = messages[0];
  const firstBefore = before[0];
  if (first === undefined || firstBefore === undefined) return 0;
  return first.seq < firstBefore.seq ? -positionOf(messages, firstBefore.seq) : positionOf(before, first.seq);
}

function isSame(a: Receipts, b: Receipts): boolean {
  return a.me === b.me && a.anyOnline === b.anyOnline && a.readSeq === b.readSeq && a.seenAt === b.seenAt;
}

function statusOf(message: Message, { me, anyOnline, readSeq, seenAt }: Receipts): MessageStatus {
  if (me === null || message.senderId !== me) return 'received';
  if (message.isRead) return 'read';
  return anyOnline || message.seq <= readSeq || message.createdAt <= seenAt ? 'delivered' : 'sent';
}

function show(message: Message, status: MessageStatus): ThreadMessage {
  const isMine = status !== 'received';
  return {
    key: (isMine ? message.clientMessageId : null) ?? message.id,
    id: message.id,
    seq: message.seq,
    conversationId: message.conversationId,
    senderId: message.senderId ?? null,
    senderName: message.senderName,
    senderType: message.senderType,
    isMine,
    text: message.message,
    files: message.files,
    createdAt: message.createdAt,
    status,
    problem: null,
    kind: message.kind ?? plainMessage.kind,
    system: message.system ?? null,
    editedAt: message.editedAt ?? null,
    deletedAt: message.deletedAt ?? null,
    deletedBy: message.deletedBy ?? null,
    replyTo: message.replyTo ?? null,
    reactions: message.reactions ?? plainMessage.reactions,
    offer: message.offer ?? null,
    request: message.request ?? null,
  };
}

/** The messages of this conversation that the server has not confirmed, as they stand at the end of the thread. */
export function showOutbox(
  outbox: OutboxState,
  conversationId: string,
  conversation: Conversation | undefined,
  me: string | null,
  stored: ReadonlySet<string>,
): ThreadMessage[] {
  const role = (conversation && me !== null ? roleIn(conversation, me) : null) ?? 'admin';
  const senderName = conversation?.participants[role]?.name ?? '';
  return outbox.items
    .filter((item) => item.conversationId === conversationId && !stored.has(item.key))
    .map((item) => ({
      key: item.key,
      id: null,
      seq: null,
      conversationId,
      senderId: me,
      senderName,
      senderType: role,
      isMine: true,
      text: item.text,
      files: item.files,
      createdAt: new Date(item.writtenAt).toISOString(),
      status: item.state,
      problem: problemOf(item, outbox.blockedUntil),
      ...plainMessage,
      replyTo: item.replyTo ?? null,
    }));
}

function problemOf(item: OutboxItem, blockedUntil: number): ThreadMessage['problem'] {
  if (item.problem === null) return null;
  const retryAt = item.state === 'failed' ? null : Math.max(item.notBefore, blockedUntil);
  return { ...item.problem, retryAt };
}
