import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { HaggleError } from '../client/errors.ts';
import type { CacheView } from './draft.ts';
import { type ConversationList, keys } from './keys.ts';

export function cacheViewOf(queryClient: QueryClient): CacheView {
  return {
    get: (key) => queryClient.getQueryData(key),
    lists: () =>
      queryClient
        .getQueriesData<ConversationList>({ queryKey: keys.lists })
        .flatMap(([key, list]): [QueryKey, ConversationList][] => (list === undefined ? [] : [[key, list]])),
  };
}

const minuteMs = 60_000;

/**
 * How our queries behave, whatever the page's own defaults are: events keep them fresh, so time and focus do not make
 * them stale; big lists are compared by identity; only what may succeed later is tried again.
 */
export function setDefaults(queryClient: QueryClient, isOnline: () => boolean): void {
  queryClient.setQueryDefaults(keys.all, {
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30 * minuteMs,
    structuralSharing: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    throwOnError: false,
    // Without a network it fails at once and says so; waiting for one would look like loading for ever.
    networkMode: 'always',
    // Who has waited for a whole request to be given up decides themselves whether to wait for another.
    retry: (failures, error) => failures < 3 && !isTimeout(error) && mayPass(error, isOnline()),
    retryDelay: (failures, error) => retryDelayMs(failures, error),
  });
  queryClient.setQueryDefaults(keys.conversations, { gcTime: Number.POSITIVE_INFINITY });
}

const isTimeout = (error: Error) => error instanceof HaggleError && error.kind === 'timeout';

function mayPass(error: Error, isOnline: boolean): boolean {
  return error instanceof HaggleError && error.isTemporary && (isOnline || error.kind !== 'network');
}

function retryDelayMs(failures: number, error: Error): number {
  const asked = error instanceof HaggleError ? error.retryAfterMs : null;
  return asked ?? Math.min(1_000 * 2 ** failures, 10_000);
}
