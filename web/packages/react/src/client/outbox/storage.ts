import type { OutboxItem } from './outbox-state.ts';

/** Keeps what is not sent yet over a reload. Failing to store must not stop sending, so callers may ignore errors. */
export interface OutboxStorage {
  load: () => Promise<OutboxItem[]>;
  put: (item: OutboxItem) => Promise<void>;
  remove: (key: string) => Promise<void>;
}

/**
 * localStorage first, because it has stored a message when `put` returns: whoever reloads right after Enter loses
 * nothing, where a database would still be writing. IndexedDB takes what does not fit. One entry per message, so that
 * tabs never overwrite each other's.
 */
export function openOutboxStorage(userId: string): OutboxStorage {
  const prefix = `haggle:outbox:${userId}:`;
  const database = lazyDatabase();
  return {
    load: async () => {
      const near = readAll(prefix);
      const far = await database.readAll(userId).catch(() => []);
      const found = new Set(near.map((item) => item.key));
      return [...near, ...far.filter((item) => !found.has(item.key))];
    },
    put: async (item) => {
      try {
        localStorage.setItem(prefix + item.key, JSON.stringify(item));
      } catch {
        await database.put(userId, item);
      }
    },
    remove: async (key) => {
      try {
        localStorage.removeItem(prefix + key);
      } catch {
        // Forbidden as a whole; then it is not there either.
      }
      await database.remove(userId, key);
    },
  };
}

export function memoryOutbox(): OutboxStorage {
  return { load: async () => [], put: async () => {}, remove: async () => {} };
}

function readAll(prefix: string): OutboxItem[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(prefix))
      .flatMap((name) => parse(localStorage.getItem(name)));
  } catch {
    return [];
  }
}

function parse(text: string | null): OutboxItem[] {
  try {
    const item = JSON.parse(text ?? 'null') as OutboxItem | null;
    return item === null ? [] : [item];
  } catch {
    return [];
  }
}

interface Database {
  readAll: (userId: string) => Promise<OutboxItem[]>;
  put: (userId: string, item: OutboxItem) => Promise<void>;
  remove: (userId: string, key: string) => Promise<void>;
}

const databaseName = 'haggle';
const storeName = 'outbox';

/** Opened for reading what may be there; in most pages it stays empty. */
function lazyDatabase(): Database {
  let opening: Promise<IDBDatabase> | null = null;
  const store = async (mode: IDBTransactionMode) => {
    opening ??= openDatabase();
    return (await opening).transaction(storeName, mode).objectStore(storeName);
  };
  return {
    readAll: async (userId) => {
      // An array sorts behind every string: this is the range of all keys of the user.
      const range = IDBKeyRange.bound([userId], [userId, []]);
      const rows: { item: OutboxItem }[] = await done((await store('readonly')).getAll(range));
      return rows.map((row) => row.item);
    },
    put: async (userId, item) => {
      await done((await store('readwrite')).put({ userId, key: item.key, item }));
    },
    remove: async (userId, key) => {
      await done((await store('readwrite')).delete([userId, key]));
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
