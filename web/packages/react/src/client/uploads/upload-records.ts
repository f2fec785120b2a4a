import { ofUser, openShelf } from '../database.ts';
import type { UploadRecord } from './upload.ts';

/**
 * The attachments of one user's drafts, in this browser: what and how far in localStorage, where it is written when a
 * call returns and other tabs hear of it; the bytes of what is not uploaded yet in IndexedDB. Nothing here throws: a
 * browser that stores nothing keeps them for the life of the page.
 */
export interface UploadRecords {
  read: () => UploadRecord[];
  /** What an entry of localStorage says, if it is one of these. */
  parse: (entry: string, text: string | null) => { key: string; record: UploadRecord | null } | null;
  write: (record: UploadRecord) => void;
  remove: (key: string) => void;
  writeBytes: (key: string, file: File) => void;
  removeBytes: (key: string) => void;
  readBytes: (key: string) => Promise<File | null>;
  /** Bytes whose record is gone. */
  sweep: () => Promise<void>;
}

interface Row {
  userId: string;
  key: string;
  file: File;
}

export function openUploadRecords(userId: string): UploadRecords {
  const prefix = `haggle:upload:${encodeURIComponent(userId)}:`;
  const shelf = openShelf('haggle-uploads', 'files', ['userId', 'key']);
  const quietly = (work: Promise<unknown>) => {
    // No room, or forbidden: after a reload the file has to be chosen again, and the composer says so.
    work.catch(() => undefined);
  };
  const recordOf = (text: string | null): UploadRecord | null => {
    try {
      return JSON.parse(text ?? 'null') as UploadRecord | null;
    } catch {
      return null;
    }
  };
  const read = () => {
    try {
      return Object.keys(localStorage)
        .filter((entry) => entry.startsWith(prefix))
        .flatMap((entry) => recordOf(localStorage.getItem(entry)) ?? []);
    } catch {
      return [];
    }
  };
  return {
    read,
    parse: (entry, text) =>
      entry.startsWith(prefix) ? { key: entry.slice(prefix.length), record: recordOf(text) } : null,
    write: (record) => {
      try {
        localStorage.setItem(prefix + record.key, JSON.stringify(record));
      } catch {
        // As above.
      }
    },
    remove: (key) => {
      try {
        localStorage.removeItem(prefix + key);
      } catch {
        // Then it is not there either.
      }
    },
    writeBytes: (key, file) => quietly(shelf.put({ userId, key, file } satisfies Row)),
    removeBytes: (key) => quietly(shelf.delete([userId, key])),
    readBytes: async (key) => {
      try {
        return (await shelf.get<Row>([userId, key]))?.file ?? null;
      } catch {
        return null;
      }
    },
    sweep: async () => {
      try {
        const rows = (await shelf.keys(ofUser(userId))) as [string, string][];
        const known = new Set(read().map((record) => record.key));
        for (const row of rows) if (!known.has(row[1])) await shelf.delete(row);
      } catch {
        // Nothing is stored where nothing can be.
      }
    },
  };
}
