// @vitest-environment node
import { expect, it } from 'vitest';
import { cacheOf } from '../testing/cache-of.ts';
import { conversationOf, messageAt } from '../testing/samples.ts';
import { keys } from './keys.ts';
import { sinceOf } from './since.ts';

it('tells the server how far each conversation is known', () => {
  const cache = cacheOf(
    [
      keys.conversations,
      { c1: conversationOf({ lastSeq: 9, rev: 12 }), c2: conversationOf({ id: 'c2', lastSeq: 5, rev: 6 }) },
    ],
    [
      keys.thread('c1'),
      { messages: [messageAt(1), messageAt(2), messageAt(4)], hasOlder: false, hasNewer: false, rev: 12 },
    ],
  );
  expect(sinceOf(cache)).toEqual({ c1: { seq: 2, rev: 12 }, c2: { seq: 5, rev: 6 } });
  cache.entries.set(JSON.stringify(keys.thread('c1')), {
    messages: [messageAt(2)],
    hasOlder: true,
    hasNewer: true,
    rev: 10,
  });
  expect(sinceOf(cache)['c1']).toEqual({ seq: 9, rev: 10 });
});
