// @vitest-environment node
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../testing/property-runs.ts';
import { backoffMs } from './backoff.ts';
import { limits } from './limits.ts';

it('waits anywhere below a cap that doubles with each failure and ends at half a minute', () => {
  const caps = [1, 2, 3, 4, 5, 6, 7, 1_000_000].map((attempt) => backoffMs(attempt, () => 1));
  expect(caps).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  fc.assert(
    fc.property(fc.integer({ min: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const waits = backoffMs(attempt, () => chance);
      expect(waits >= 0 && waits <= limits.backoffLongestMs).toBe(true);
    }),
    runs(),
  );
});
