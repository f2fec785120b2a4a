// @vitest-environment node
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../testing/property-runs.ts';
import { parseFrame, splitSince } from './frames.ts';

it('reads known frames and ignores everything else', () => {
  expect(parseFrame('{"type":"pong"}')).toEqual({ type: 'pong', payload: {} });
  expect(parseFrame('{"type":"reset","payload":{"conversationId":"c1"}}')).toEqual({
    type: 'reset',
    payload: { conversationId: 'c1' },
  });
  for (const other of [
    '',
    'null',
    '[]',
    '{"type":"from_the_future"}',
    '{"payload":{}}',
    new ArrayBuffer(3),
  ]) {
    expect(parseFrame(other)).toBeNull();
  }
});

it('splits what was seen into parts that fit, in order, losing nothing', () => {
  const since = fc.dictionary(fc.string({ minLength: 1 }), fc.record({ seq: fc.nat(), rev: fc.nat() }), {
    maxKeys: 60,
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(since, fc.integer({ min: 200, max: 2_000 }), (seen, largestBytes) => {
      const parts = splitSince(seen, largestBytes);
      expect(parts.flatMap((part) => Object.entries(part))).toEqual(Object.entries(seen));
      for (const part of parts) {
        const isSingle = Object.keys(part).length === 1;
        expect(isSingle || new TextEncoder().encode(JSON.stringify(part)).length <= largestBytes).toBe(true);
      }
    }),
    runs(),
  );
});

it("keeps an id that is also the name of an object's own machinery", () => {
  const seen = Object.fromEntries([['__proto__', { seq: 3, rev: 5 }]]);
  expect(JSON.stringify(splitSince(seen, 1_000))).toBe('[{"__proto__":{"seq":3,"rev":5}}]');
});

it('has a first part even when nothing was seen', () => {
  expect(splitSince({}, 100)).toEqual([{}]);
});
