import type { Locks } from '../environment.ts';
import { limits } from '../limits.ts';
import { withTimeout } from '../with-timeout.ts';

/**
 * Locks of a browser that may never answer. A lock that another tab holds looks the same from here, so one that nobody
 * can hold is asked for first: when not even that is given, every request rejects, as where locks are forbidden.
 */
export function answeringLocks(locks: Locks, newId: () => string): Locks {
  let probing: Promise<void> | null = null;
  async function probe(): Promise<void> {
    const given = new AbortController();
    const asked = locks.request(`haggle:probe:${newId()}`, { signal: given.signal }, async () => undefined);
    const silent = () => new Error('the browser does not answer for locks');
    try {
      await withTimeout(asked, limits.locksTimeoutMs, silent);
    } catch (error) {
      // Not given later either: the tab leads itself by then. The next who asks tries again.
      given.abort();
      probing = null;
      throw error;
    }
  }
  return {
    request: async (name, options, hold) => {
      probing ??= probe();
      await probing;
      return locks.request(name, options, hold);
    },
  };
}
