/** The little of IndexedDB that is used: one database with one store each, opened when first needed. */
export interface Shelf {
  get: <T>(key: IDBValidKey) => Promise<T | undefined>;
  getAll: <T>(range: IDBKeyRange) => Promise<T[]>;
  keys: (range: IDBKeyRange) => Promise<IDBValidKey[]>;
  put: (value: unknown) => Promise<void>;
  delete: (key: IDBValidKey) => Promise<void>;
}

/** Everything rejects where a browser forbids it, or has no room. */
export function openShelf(database: string, store: string, keyPath: string[]): Shelf {
  let opening: Promise<IDBDatabase> | null = null;
  const inStore = async (mode: IDBTransactionMode) => {
    opening ??= open(database, store, keyPath);
    return (await opening).transaction(store, mode).objectStore(store);
  };
  return {
    get: async <T>(key: IDBValidKey) => done<T | undefined>((await inStore('readonly')).get(key)),
    getAll: async <T>(range: IDBKeyRange) => done<T[]>((await inStore('readonly')).getAll(range)),
    keys: async (range) => done((await inStore('readonly')).getAllKeys(range)),
    put: async (value) => {
      await done((await inStore('readwrite')).put(value));
    },
    delete: async (key) => {
      await done((await inStore('readwrite')).delete(key));
    },
  };
}

/** The range of all keys of a user; an array sorts behind every string. */
export function ofUser(userId: string): IDBKeyRange {
  return IDBKeyRange.bound([userId], [userId, []]);
}

function open(name: string, store: string, keyPath: string[]): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('the database is blocked by an older page'));
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
