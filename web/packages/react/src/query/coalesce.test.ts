// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCoalescer } from './coalesce.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const work = () => vi.fn(() => new Promise<void>((resolve) => setTimeout(resolve, 100)));

it('a burst runs once, and what was asked meanwhile runs once more', async () => {
  const coalescer = createCoalescer();
  const one = work();
  const other = work();
  for (let count = 0; count < 5; count += 1) coalescer.request('one', 10, one);
  coalescer.request('other', 10, other);
  await vi.advanceTimersByTimeAsync(50);
  expect([one.mock.calls.length, other.mock.calls.length]).toEqual([1, 1]);
  for (let count = 0; count < 5; count += 1) coalescer.request('one', 10, one);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([one.mock.calls.length, other.mock.calls.length]).toEqual([2, 1]);
});

it('goes on after a failure', async () => {
  const coalescer = createCoalescer();
  const failing = vi.fn(() => Promise.reject(new Error('no')));
  coalescer.request('one', 0, failing);
  await vi.advanceTimersByTimeAsync(1);
  coalescer.request('one', 0, failing);
  await vi.advanceTimersByTimeAsync(1);
  expect(failing).toHaveBeenCalledTimes(2);
});

it('does nothing more once it is stopped', async () => {
  const coalescer = createCoalescer();
  const one = work();
  coalescer.request('one', 10, one);
  coalescer.stop();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(one).not.toHaveBeenCalled();
});
