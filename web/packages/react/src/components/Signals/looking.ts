import { useEffect } from 'react';

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
  if (userId === null || !('locks' in navigator)) return false;
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === nameOf(userId));
}

/** Lets the other tabs see whether somebody looks at this one. */
export function useTellLooking(userId: string | null): void {
  useEffect(() => {
    if (userId === null || !('locks' in navigator)) return;
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
      navigator.locks.request(nameOf(userId), { mode: 'shared' }, () => held).catch(() => undefined);
    };
    look();
    for (const change of changes) window.addEventListener(change, look);
    return () => {
      for (const change of changes) window.removeEventListener(change, look);
      stop();
    };
  }, [userId]);
}
