import { useCallback, useSyncExternalStore } from 'react';

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
    () => localStorage.getItem(key),
  );
  const set = useCallback(
    (value: Value) => {
      localStorage.setItem(key, value);
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [values.find((value) => value === text) ?? fallback, set];
}
