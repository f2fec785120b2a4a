import { limits } from './limits.ts';
import { withTimeout } from './with-timeout.ts';

/** The little of IndexedDB that is used: one database with one store each, opened when first needed. */
export interface Shelf {
  get: <T>(key: IDBValidKey) => Promise<T | undefined>;
  getAll: <T>(range: IDBKeyRange) => Promise<T[]>;
  keys: (range: IDBKeyRange) => Promise<IDBValidKey[]>;
  put: (value: unknown) => Promise<void>;
  delete: (key: IDBValidKey) => Promise<void>;
}

/** Everything rejects where a browser forbids it, has no room, or does not answer in time. */
export function openShelf(database: string, store: string, keyPath: string[]): Shelf {
  let opening: Promise<IDBDatabase> | null = null;
  async function opened(): Promise<IDBDatabase> {
    opening ??= open(database, store, keyPath);
    const mine = opening;
    try {
      return await mine;
    } catch (error) {
      // The next who asks tries again; what was answered too late is not waited for any more.
      if (opening === mine) opening = null;
      throw error;
    }
  }
  async function run<T>(mode: IDBTransactionMode, work: (on: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const ask = async () => done(work((await opened()).transaction(store, mode).objectStore(store)));
    return inTime(ask());
  }
  return {
    get: <T>(key: IDBValidKey) => run<T | undefined>('readonly', (on) => on.get(key)),
    getAll: <T>(range: IDBKeyRange) => run<T[]>('readonly', (on) => on.getAll(range)),
    keys: (range) => run('readonly', (on) => on.getAllKeys(range)),
    put: async (value) => {
      await run('readwrite', (on) => on.put(value));
    },
    delete: async (key) => {
      await run('readwrite', (on) => on.delete(key));
    },
  };
}

/** A browser in trouble may never call back; nobody may wait for it for ever. */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return withTimeout(work, limits.storageTimeoutMs, () => new Error('the database does not answer'));
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
