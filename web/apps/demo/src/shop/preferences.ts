import { useCallback, useSyncExternalStore } from 'react';
import { localStorageOf, read, write } from './storage.ts';

const CHANGED = 'quayside:preference';

/** A choice of this browser, kept over visits. */
export function usePreference<Value extends string>(
  name: string,
  values: readonly Value[],
  fallback: Value,
): [Value, (value: Value) => void] {
  const key = `quayside:${name}`;
  const text = useSyncExternalStore(
    (listener) => {
      window.addEventListener(CHANGED, listener);
      window.addEventListener('storage', listener);
      return () => {
        window.removeEventListener(CHANGED, listener);
        window.removeEventListener('storage', listener);
      };
    },
    () => read(localStorageOf, key),
  );
  const set = useCallback(
    (value: Value) => {
      write(localStorageOf, key, value);
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [values.find((value) => value === text) ?? fallback, set];
}
