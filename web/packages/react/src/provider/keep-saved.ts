import { limits } from '../client/limits.ts';
import { withTimeout } from '../client/with-timeout.ts';
import type { ChatData } from '../query/chat-data.ts';
import { openSavedCache, type SavedCache } from './saved-cache.ts';

export interface KeepingSaved {
  /** What was saved of the person that is known by now is in the cache; null: nothing to wait for. */
  loaded: Promise<void> | null;
  stop: () => void;
}

/** Brings back what was open before a reload, saves what changes, and forgets it when the session has ended. */
export function keepSaved({ client, queryClient }: ChatData): KeepingSaved {
  // No storage at all, as on a server or where it is forbidden.
  if (!hasStorage()) return { loaded: null, stop: () => undefined };
  const { environment } = client;
  let userId: string | null = null;
  let cache: SavedCache | null = null;
  let isLoaded = false;
  let loading: Promise<void> | null = null;
  let saving: Promise<void> | null = null;
  let hasMore = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function meet(): void {
    const id = client.me.get()?.id ?? null;
    if (id === null || id === userId) return;
    userId = id;
    const own = openSavedCache(`${client.baseUrl || globalThis.location?.origin} ${id}`, environment.now);
    cache = own;
    isLoaded = false;
    const tooSlow = () => new Error('The storage does not answer');
    const late = new AbortController();
    loading = withTimeout(own.load(queryClient, late.signal), limits.loadSavedTimeoutMs, tooSlow)
      .catch(() => undefined)
      .finally(() => late.abort());
    void loading.then(() => {
      // Before that, saving would put little in the place of much.
      if (cache === own) isLoaded = true;
    });
  }
  function save(): void {
    clearTimeout(timer);
    timer = undefined;
    // One at a time: a storage that does not answer must not be given ever more to do.
    if (!isLoaded || cache === null) return;
    hasMore = saving !== null;
    saving ??= cache.save(queryClient).finally(() => {
      saving = null;
      if (hasMore) save();
    });
  }
  const stops = [
    client.me.subscribe(meet),
    queryClient.getQueryCache().subscribe(({ type }) => {
      if (type === 'updated') timer ??= setTimeout(save, limits.saveEveryMs);
    }),
    environment.page.watch(() => {
      if (!environment.page.isVisible()) save();
    }),
    client.connection.subscribe(() => {
      const { status } = client.connection.get();
      if (status === 'online') meet();
      if (status !== 'signed-out') return;
      void cache?.forget();
      cache = null;
      userId = null;
    }),
  ];
  meet();
  return {
    loaded: loading,
    stop: () => {
      save();
      for (const stop of stops) stop();
    },
  };
}

function hasStorage(): boolean {
  try {
    return typeof indexedDB !== 'undefined' && indexedDB !== null;
  } catch {
    return false;
  }
}
