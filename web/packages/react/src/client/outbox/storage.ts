import { ofUser, openShelf, type Shelf } from '../database.ts';
import type { OutboxItem } from './outbox-state.ts';

/** Keeps what is not sent yet over a reload. Failing to store must not stop sending, so callers may ignore errors. */
export interface OutboxStorage {
  /** What can be read at once; `load` has that too. */
  near: () => OutboxItem[];
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
  // Encoded: of two ids, one may be the beginning of the other up to a colon.
  const prefix = `haggle:outbox:${encodeURIComponent(userId)}:`;
  const database = shelf();
  return {
    near: () => readAll(prefix),
    load: async () => {
      const near = readAll(prefix);
      // In most pages there is nothing; where databases are forbidden, naming a range already fails.
      const far = await readRows(database, userId).catch(() => []);
      const found = new Set(near.map((item) => item.key));
      return [...near, ...far.filter((item) => !found.has(item.key))];
    },
    put: async (item) => {
      try {
        localStorage.setItem(prefix + item.key, JSON.stringify(item));
      } catch {
        await database.put({ userId, key: item.key, item } satisfies Row);
      }
    },
    remove: async (key) => {
      try {
        localStorage.removeItem(prefix + key);
      } catch {
        // Forbidden as a whole; then it is not there either.
      }
      await database.delete([userId, key]);
    },
  };
}

export function memoryOutbox(): OutboxStorage {
  return { near: () => [], load: async () => [], put: async () => {}, remove: async () => {} };
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

async function readRows(database: Shelf, userId: string): Promise<OutboxItem[]> {
  const rows = await database.getAll<Row>(ofUser(userId));
  return rows.map((row) => row.item);
}

const shelf = () => openShelf('haggle', 'outbox', ['userId', 'key']);

interface Row {
  userId: string;
  key: string;
  item: OutboxItem;
}
