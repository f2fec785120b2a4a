// @vitest-environment node
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFakeBrowser } from '../../testing/fake-browser.ts';
import type { Locks } from '../environment.ts';
import { limits } from '../limits.ts';
import { answeringLocks } from './answering-locks.ts';
import { seekLeadership } from './leadership.ts';

const page = createFakeBrowser({ openSocket: () => null as never }).openTab().environment.page;
const seek = (locks: Locks, lead: () => () => void) =>
  seekLeadership({ locks: answeringLocks(locks, newId), openChannel: null, page, name: 'name' }, lead);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

let ids = 0;
const newId = () => {
  ids += 1;
  return String(ids);
};

it('lets a tab lead itself where a request for a lock is never answered', async () => {
  const silent: Locks = { request: () => new Promise(() => {}) };
  const lead = vi.fn(() => () => {});
  seek(silent, lead);
  await vi.advanceTimersByTimeAsync(limits.locksTimeoutMs);
  expect(lead).toHaveBeenCalledOnce();
});

it('does not take a lock that another tab holds for a broken one', async () => {
  const browser = createFakeBrowser({ openSocket: () => null as never });
  const [first, second] = [browser.openTab(), browser.openTab()];
  const leads = [vi.fn(() => () => {}), vi.fn(() => () => {})] as const;
  seek(first.environment.locks as Locks, leads[0]);
  await vi.advanceTimersByTimeAsync(0);
  seek(second.environment.locks as Locks, leads[1]);
  await vi.advanceTimersByTimeAsync(10 * limits.locksTimeoutMs);
  expect(leads[0]).toHaveBeenCalledOnce();
  expect(leads[1]).not.toHaveBeenCalled();
  first.kill();
  await vi.advanceTimersByTimeAsync(0);
  expect(leads[1]).toHaveBeenCalledOnce();
});
