/** Null where there are none, where they are forbidden, and where something has put nothing in their place. */
export function locksOfBrowser(): LockManager | null {
  try {
    return globalThis.navigator?.locks ?? null;
  } catch {
    return null;
  }
}
