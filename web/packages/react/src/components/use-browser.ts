import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/**
 * What only the browser knows. The server draws with `before`, and so does the browser until it has taken over what the
 * server drew: two first drawings that differ are an error to React.
 */
export function useBrowser<T extends string | boolean>(read: () => T, before: T): T {
  return useSyncExternalStore(never, read, () => before);
}
