import type { OutboxItem } from './outbox-state.ts';

/** Keeps what is not sent yet over a reload. Failing to store must not stop sending, so callers may ignore errors. */
export interface OutboxStorage {
  load: () => Promise<OutboxItem[]>;
  put: (item: OutboxItem) => Promise<void>;
  remove: (key: string) => Promise<void>;
}

const databaseName = 'haggle';
const storeName = 'outbox';

/** IndexedDB where there is one (not in some private windows), else localStorage, else memory. */
export async function openOutboxStorage(userId: string): Promise<OutboxStorage> {
  try {
    return indexedDbStorage(await openDatabase(), userId);
  } catch {
    return localStorageOutbox(userId);
  }
}

function indexedDbStorage(database: IDBDatabase, userId: string): OutboxStorage {
  const store = (mode: IDBTransactionMode) => database.transaction(storeName, mode).objectStore(storeName);
  return {
    load: async () => {
      // An array sorts behind every string: this is the range of all keys of the user.
      const range = IDBKeyRange.bound([userId], [userId, []]);
      const rows: { item: OutboxItem }[] = await done(store('readonly').getAll(range));
      return rows.map((row) => row.item);
    },
    put: async (item) => {
      await done(store('readwrite').put({ userId, key: item.key, item }));
    },
    remove: async (key) => {
      await done(store('readwrite').delete([userId, key]));
    },
  };
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(storeName, { keyPath: ['userId', 'key'] });
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

/** Reads and writes the whole list: it holds 200 short entries at most. */
export function localStorageOutbox(userId: string): OutboxStorage {
  const name = `haggle:outbox:${userId}`;
  const read = (): OutboxItem[] => {
    try {
      return JSON.parse(localStorage.getItem(name) ?? '[]') as OutboxItem[];
    } catch {
      return [];
    }
  };
  const write = async (items: OutboxItem[]) => localStorage.setItem(name, JSON.stringify(items));
  return {
    load: async () => read(),
    put: (item) => write([...read().filter((other) => other.key !== item.key), item]),
    remove: (key) => write(read().filter((other) => other.key !== key)),
  };
}

export function memoryOutbox(): OutboxStorage {
  return { load: async () => [], put: async () => {}, remove: async () => {} };
}
