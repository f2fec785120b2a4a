import type { QueryKey } from '@tanstack/react-query';
import type { ConversationList, Key } from './keys.ts';

/** What `applyEvent` reads: the query cache, or anything that looks like it. */
export interface CacheView {
  get: <T>(key: Key<T>) => T | undefined;
  /** The conversation lists that are in the cache. */
  lists: () => readonly (readonly [QueryKey, ConversationList])[];
}

/** What an event alone cannot tell and the server must be asked for. */
export type Refetch =
  /** `rev`: not needed any more once we know this much, or more, from elsewhere; null: needed anyway. */
  | { what: 'conversation'; id: string; rev: number | null }
  | { what: 'thread'; id: string }
  /** What has become of the loaded messages. */
  | { what: 'changes'; id: string }
  /** Who joined and left. */
  | { what: 'events'; id: string }
  | { what: 'lists' }
  /** Those that only the server can tell. */
  | { what: 'asked-lists' }
  | { what: 'unread-count' }
  | { what: 'notifications' }
  /** How requests for quotation stand. */
  | { what: 'requests' }
  | { what: 'presence' }
  | { what: 'everything' };

export interface Changes {
  /** New data by key; undefined removes it. */
  writes: readonly (readonly [QueryKey, unknown])[];
  refetch: readonly Refetch[];
  /** The `clientMessageId`s that the server has confirmed. */
  settled: readonly string[];
}

/** Collects changes on top of a cache without touching it, and reads its own writes. */
export interface Draft extends CacheView {
  /** Milliseconds since 1970. */
  now: number;
  set: <T>(key: Key<T>, data: T | undefined) => void;
  refetch: (what: Refetch) => void;
  settle: (clientMessageId: string) => void;
  changes: () => Changes;
}

export function draftOf(cache: CacheView, now: number): Draft {
  const writes = new Map<string, readonly [QueryKey, unknown]>();
  const refetches = new Map<string, Refetch>();
  const settled = new Set<string>();
  const write = (key: QueryKey, data: unknown) => writes.set(JSON.stringify(key), [key, data]);
  return {
    now,
    get: <T>(key: Key<T>) => {
      const written = writes.get(JSON.stringify(key));
      return written === undefined ? cache.get(key) : (written[1] as T | undefined);
    },
    lists: cache.lists,
    set: (key, data) => write(key, data),
    refetch: (what) => refetches.set(nameOf(what), what),
    settle: (clientMessageId) => settled.add(clientMessageId),
    changes: () => ({
      writes: [...writes.values()],
      refetch: [...refetches.values()],
      settled: [...settled],
    }),
  };
}

/** The same name for what is done by the same request. */
export function nameOf(what: Refetch): string {
  return 'id' in what ? `${what.what} ${what.id}` : what.what;
}
