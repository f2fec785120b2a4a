import { useCallback, useSyncExternalStore } from 'react';

const CHANGED = 'haggle:setting';

/** A switch of this browser, the same in all its tabs; off until turned on. */
export function useSetting(name: 'sound'): [boolean, (on: boolean) => void] {
  const key = `haggle:${name}`;
  const isOn = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => false,
  );
  const set = useCallback(
    (on: boolean) => {
      try {
        localStorage.setItem(key, on ? 'on' : 'off');
      } catch {
        // A browser that keeps nothing keeps the default.
      }
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [isOn, set];
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('storage', onChange);
  window.addEventListener(CHANGED, onChange);
  return () => {
    window.removeEventListener('storage', onChange);
    window.removeEventListener(CHANGED, onChange);
  };
}

function read(key: string): boolean {
  try {
    return localStorage.getItem(key) === 'on';
  } catch {
    return false;
  }
}
