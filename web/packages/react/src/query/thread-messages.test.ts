// @vitest-environment node

import { describe, expect, it } from 'vitest';
import { emptyOutbox, type OutboxItem } from '../client/outbox/outbox-state.ts';
import type { Message } from '../client/types.ts';
import { plainMessage } from '../hooks/results.ts';
import { conversationOf, messageAt, timeAt } from '../testing/samples.ts';
import { nothingShown, receiptsOf, showMessages, showOutbox } from './thread-messages.ts';

const me = 'bob';
const mine = (seq: number, change: Partial<Message> = {}) =>
  messageAt(seq, { senderId: me, clientMessageId: `key ${seq}`, ...change });
const receipts = (change: Parameters<typeof conversationOf>[0] = {}, lastSeen: string[] = []) =>
  receiptsOf(conversationOf(change), me, lastSeen);

function buyer(isOnline: boolean, lastReadSeq: number) {
  return {
    participants: {
      ...conversationOf().participants,
      buyer: { id: 'bea', name: 'Bea', isOnline, lastReadSeq },
    },
  };
}

const statuses = (messages: Message[], facts = receipts()) =>
  showMessages(messages, facts, nothingShown).shown.map((message) => message.status);

describe('how far a message has come', () => {
  it('sent, delivered to whoever was online since, read by everybody', () => {
    const messages = [messageAt(1), mine(2, { isRead: true }), mine(3), mine(4)];
    expect(statuses(messages)).toEqual(['received', 'read', 'sent', 'sent']);
    expect(statuses(messages, receipts(buyer(true, 0)))).toEqual([
      'received',
      'read',
      'delivered',
      'delivered',
    ]);
    expect(statuses(messages, receipts(buyer(false, 3)))).toEqual(['received', 'read', 'delivered', 'sent']);
    expect(statuses(messages, receipts({}, [timeAt(3)]))).toEqual(['received', 'read', 'delivered', 'sent']);
  });

  it('keeps one key from the bubble to the stored message', () => {
    const [shown] = showMessages([mine(2)], receipts(), nothingShown).shown;
    expect(shown).toMatchObject({ key: 'key 2', id: 'm2', isMine: true });
    const [theirs] = showMessages(
      [messageAt(1, { clientMessageId: 'theirs' })],
      receipts(),
      nothingShown,
    ).shown;
    expect(theirs?.key).toBe('m1');
  });
});

describe('what has not changed stays the same object', () => {
  const messages = Array.from({ length: 50 }, (_, at) => mine(at + 11));
  const before = showMessages(messages, receipts(), nothingShown);
  const reused = (next: Message[], facts = receipts()) =>
    showMessages(next, facts, before).shown.filter((one) => before.shown.includes(one)).length;

  it('when one is appended, older ones are prepended, or the stretch is cut', () => {
    expect(reused([...messages, mine(61)])).toBe(50);
    expect(reused([mine(9), mine(10), ...messages])).toBe(50);
    expect(reused(messages.slice(20))).toBe(30);
    expect(reused(messages.with(7, mine(18, { isRead: true })))).toBe(49);
  });

  it('and only the ticks that changed are new', () => {
    expect(reused(messages, receipts(buyer(false, 30)))).toBe(30);
  });
});

describe('messages on their way', () => {
  const item = (key: string, change: Partial<OutboxItem> = {}): OutboxItem => ({
    key,
    conversationId: 'c1',
    text: key,
    files: [],
    writtenAt: Date.parse(timeAt(5)),
    state: 'queued',
    attempts: 0,
    notBefore: 7,
    problem: null,
    ...change,
  });
  const show = (items: OutboxItem[], stored: string[] = [], blockedUntil = 0) =>
    showOutbox({ ...emptyOutbox, items, blockedUntil }, 'c1', conversationOf(), me, new Set(stored));

  it('look like stored ones, without place', () => {
    expect(show([item('a'), item('b', { conversationId: 'c2' })])).toEqual([
      {
        key: 'a',
        id: null,
        seq: null,
        conversationId: 'c1',
        senderId: me,
        senderName: 'Bob Ltd',
        senderType: 'supplier',
        isMine: true,
        text: 'a',
        files: [],
        createdAt: timeAt(5),
        status: 'queued',
        problem: null,
        ...plainMessage,
      },
    ]);
  });

  it('are not shown twice once they are stored', () => {
    expect(show([item('a')], ['a'])).toEqual([]);
  });

  it('say what they wait for', () => {
    const problem = { code: 'rate_limited', message: 'Slow down' };
    expect(show([item('a', { problem })], [], 99)[0]?.problem).toEqual({ ...problem, retryAt: 99 });
    expect(show([item('a', { problem, state: 'failed' })])[0]?.problem).toEqual({
      ...problem,
      retryAt: null,
    });
  });
});
