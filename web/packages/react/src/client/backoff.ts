import { limits } from './limits.ts';

/**
 * Full jitter: anywhere between nothing and the cap, so that clients that lost one server do not come back together
 * (Brooker, "Exponential Backoff And Jitter", 2015). `attempt` counts failures in a row, from 1.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const cap = Math.min(limits.backoffLongestMs, limits.backoffFirstMs * 2 ** Math.min(attempt - 1, 20));
  return Math.round(random() * cap);
}
