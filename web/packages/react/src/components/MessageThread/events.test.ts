import { describe, expect, it } from 'vitest';
import type { ConversationEvent } from '../../hooks/index.ts';
import { english } from '../../labels/en.ts';
import { message } from '../testing/fixtures.ts';
import { eventsBetween } from './events.ts';

const event = (seq: number | null, part: Partial<ConversationEvent> = {}): ConversationEvent => ({
  id: `at ${seq}`,
  type: 'joined',
  actorId: 'noor',
  actorName: 'Noor',
  createdAt: message(2).createdAt,
  seq,
  ...part,
});
const stretch = (...seqs: number[]) => ({
  messages: seqs.map((seq) => message(seq)),
  hasOlder: false,
  hasNewer: false,
});
const places = (where: ReturnType<typeof stretch>, ...events: ConversationEvent[]) =>
  eventsBetween(where, events, english).map(({ afterKey }) => afterKey);
const keyOf = (seq: number) => message(seq).key;

describe('who joined and left', () => {
  it('stands behind the message that was the newest then', () => {
    expect(places(stretch(1, 2, 3), event(0), event(2), event(3))).toEqual([null, keyOf(2), keyOf(3)]);
  });

  it('stands by its time where the message is not known', () => {
    expect(places(stretch(1, 2, 3), event(null))).toEqual([keyOf(2)]);
  });

  it('is left out above and below what is loaded', () => {
    const middle = { ...stretch(4, 5), hasOlder: true, hasNewer: true };
    expect(places(middle, event(3), event(4), event(5), event(6))).toEqual([keyOf(4), keyOf(5)]);
  });

  it('says who it was, also when the account is gone', () => {
    const told = [event(1), event(1, { type: 'left', actorName: null })];
    expect(eventsBetween(stretch(1), told, english).map(({ text }) => text)).toEqual([
      'Noor joined the conversation',
      'Former administrator left the conversation',
    ]);
  });
});
