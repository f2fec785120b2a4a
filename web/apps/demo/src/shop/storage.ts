/* Browsers may forbid storage, and then even naming it throws. What would be kept lives as long as the page. */

export const localStorageOf = () => window.localStorage;
export const sessionStorageOf = () => window.sessionStorage;

const instead = new Map<string, string>();

export function read(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key);
  } catch {
    return instead.get(key) ?? null;
  }
}

export function write(storage: () => Storage, key: string, value: string | null): void {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, value);
  } catch {
    if (value === null) instead.delete(key);
    else instead.set(key, value);
  }
}
