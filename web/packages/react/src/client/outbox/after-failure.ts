import { backoffMs } from '../backoff.ts';
import { HaggleError, reasonOf } from '../errors.ts';
import { limits } from '../limits.ts';
import type { OutboxAction, OutboxItem } from './outbox-state.ts';

/** What becomes of a message whose sending failed. */
export function afterFailure(
  item: OutboxItem,
  error: unknown,
  now: number,
  random: () => number,
): OutboxAction {
  const { key } = item;
  if (!(error instanceof HaggleError)) {
    return { type: 'fail', key, problem: { code: 'unexpected', message: 'Unexpected error' } };
  }
  const problem = { code: error.code, message: reasonOf(error) };
  if (now - item.writtenAt > limits.outboxAgeMs) return { type: 'fail', key, problem };
  // The cap grows with each attempt; a queue that has nobody to talk to asks every half minute at most.
  const until = now + backoffMs(item.attempts + 1, random);
  switch (error.kind) {
    case 'limited':
      // How many conversations one may open says nothing about messages.
      if (item.opens !== undefined) {
        return { type: 'postpone', key, until: now + (error.retryAfterMs ?? 0), problem };
      }
      return { type: 'limit', key, until: now + (error.retryAfterMs ?? 0), problem };
    case 'network':
    case 'timeout':
    case 'aborted':
    case 'signed-out':
      return { type: 'postpone', key, until, problem };
    case 'server':
      if (item.attempts + 1 >= limits.sendAttempts) return { type: 'fail', key, problem };
      return { type: 'postpone', key, until, problem };
    case 'refused':
      return { type: 'fail', key, problem };
  }
}
