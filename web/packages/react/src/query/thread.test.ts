// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../testing/property-runs.ts';
import { messageAt } from '../testing/samples.ts';
import type { Thread } from './keys.ts';
import { hasHole, insertMessage, joinThreads, lastContiguousSeq, positionOf } from './thread.ts';

const stretch = (from: number, to: number, change: Partial<Thread> = {}): Thread => ({
  messages: Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => messageAt(from + at)),
  hasOlder: from > 1,
  hasNewer: false,
  rev: 1,
  ...change,
});
const seqs = (thread: Thread | null) => thread?.messages.map((message) => message.seq);

describe('inserting a message', () => {
  it('appends the next one', () => {
    const { thread, missing } = insertMessage(stretch(5, 7), messageAt(8));
    expect([seqs(thread), missing]).toEqual([[5, 6, 7, 8], false]);
  });

  it('replaces one that is there, by id and place', () => {
    const fresh = messageAt(6, { message: 'fresh' });
    const { thread, missing } = insertMessage(stretch(5, 7), fresh);
    expect([thread.messages[1], missing]).toEqual([fresh, false]);
  });

  it('notices what is missing before it', () => {
    expect(insertMessage(stretch(5, 7), messageAt(9)).missing).toBe(true);
    expect(insertMessage(stretch(1, 0), messageAt(2)).missing).toBe(true);
    expect(insertMessage(stretch(1, 0), messageAt(1)).missing).toBe(false);
  });

  it('leaves out what lies beyond a stretch that does not reach that far', () => {
    const old = stretch(5, 7, { hasNewer: true });
    expect(insertMessage(old, messageAt(8)).thread).toBe(old);
    expect(insertMessage(old, messageAt(2)).thread).toBe(old);
  });

  it('in any order gives the same thread', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5, 6, 7, 8], { minLength: 8 }), (order) => {
        const thread = order.reduce<Thread>(
          (sum, seq) => insertMessage(sum, messageAt(seq)).thread,
          stretch(1, 0),
        );
        expect(thread).toEqual(stretch(1, 8));
        expect(hasHole(thread)).toBe(false);
      }),
      runs(),
    );
  });
});

describe('joining stretches', () => {
  it('older, newer, overlapping and inner pages become one', () => {
    const whole = stretch(1, 9);
    expect(joinThreads(stretch(5, 9), stretch(1, 4, { hasNewer: true }))).toEqual(whole);
    expect(joinThreads(stretch(1, 4, { hasNewer: true }), stretch(5, 9))).toEqual(whole);
    expect(joinThreads(stretch(1, 6, { hasNewer: true }), stretch(4, 9))).toEqual(whole);
    expect(joinThreads(whole, stretch(3, 5, { hasNewer: true }))).toEqual(whole);
    expect(joinThreads(stretch(3, 5, { hasNewer: true }), whole)).toEqual(whole);
  });

  it('with a gap between them do not join', () => {
    expect(joinThreads(stretch(1, 3), stretch(5, 9))).toBeNull();
    expect(joinThreads(stretch(5, 9), stretch(1, 3))).toBeNull();
  });

  it('take the fresher message where both have it', () => {
    const fresh = { ...stretch(3, 3), messages: [messageAt(3, { message: 'fresh links' })] };
    expect(joinThreads(stretch(1, 5), fresh)?.messages[2]?.message).toBe('fresh links');
  });

  it('fill a hole', () => {
    const { thread } = insertMessage(stretch(1, 3), messageAt(9));
    expect(lastContiguousSeq(thread)).toBe(3);
    expect(joinThreads(thread, stretch(4, 8, { hasNewer: true }))).toEqual(stretch(1, 9));
  });
});

it('finds places by seq', () => {
  const { messages } = stretch(5, 9);
  expect([1, 5, 7, 9, 10].map((seq) => positionOf(messages, seq))).toEqual([0, 0, 2, 4, 5]);
  expect(positionOf([], 3)).toBe(0);
});

it('counts nothing as certain when the very beginning is missing', () => {
  expect(lastContiguousSeq(stretch(2, 4, { hasOlder: false }))).toBe(0);
  expect(lastContiguousSeq(stretch(2, 4))).toBe(4);
});
