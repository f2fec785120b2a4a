import { useEffect } from 'react';
import { limits } from '../../client/limits.ts';
import { locksOfBrowser } from '../../client/locks-of-browser.ts';
import { withTimeout } from '../../client/with-timeout.ts';

/*
 * Whoever looks at one tab needs no notification from another. A tab that is looked at holds a lock that the other tabs
 * can see, and that ends with the tab.
 */

const nameOf = (userId: string) => `haggle:looking:${userId}`;
const changes = ['visibilitychange', 'focus', 'blur'];

const isLookedAtHere = () => document.visibilityState === 'visible' && document.hasFocus();

/** Whether somebody looks at any tab of this person; without locks, at this one. */
export async function isLookedAt(userId: string | null): Promise<boolean> {
  if (isLookedAtHere()) return true;
  const locks = locksOfBrowser();
  if (userId === null || locks === null) return false;
  try {
    const silent = () => new Error('the browser does not answer for locks');
    const { held = [] } = await withTimeout(locks.query(), limits.locksTimeoutMs, silent);
    return held.some(({ name }) => name === nameOf(userId));
  } catch {
    // Twice told is better than never.
    return false;
  }
}

/** Lets the other tabs see whether somebody looks at this one. */
export function useTellLooking(userId: string | null): void {
  useEffect(() => {
    const locks = locksOfBrowser();
    if (userId === null || locks === null) return;
    let release: (() => void) | null = null;
    const stop = () => {
      release?.();
      release = null;
    };
    const look = () => {
      if (!isLookedAtHere()) return stop();
      if (release) return;
      const held = new Promise<void>((done) => {
        release = done;
      });
      // A page that may not use locks is on its own.
      locks.request(nameOf(userId), { mode: 'shared' }, () => held).catch(() => undefined);
    };
    look();
    for (const change of changes) window.addEventListener(change, look);
    return () => {
      for (const change of changes) window.removeEventListener(change, look);
      stop();
    };
  }, [userId]);
}
