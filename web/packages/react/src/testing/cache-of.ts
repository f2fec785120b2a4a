import type { QueryKey } from '@tanstack/react-query';
import type { CacheView } from '../query/draft.ts';
import type { Key } from '../query/keys.ts';

/** A cache made of pairs; what is not written stays. */
export function cacheOf(...entries: [QueryKey, unknown][]): CacheView & { entries: Map<string, unknown> } {
  const map = new Map(entries.map(([key, data]) => [JSON.stringify(key), data]));
  return {
    entries: map,
    get: <T>(key: Key<T>) => map.get(JSON.stringify(key)) as T | undefined,
    lists: () => [],
  };
}
