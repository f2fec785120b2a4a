import type { QueryClient } from '@tanstack/react-query';
import type { HaggleClient } from '../client/client.ts';
import { keys } from '../query/keys.ts';

interface Owner {
  client: HaggleClient;
  userId: string | null;
}

/** Whose conversations a query cache holds. A page may keep its cache when people change. */
const owners = new WeakMap<QueryClient, Owner>();

/** Empties the cache unless it certainly belongs to this client's user; called before anything is shown from it. */
export function claimCache(queryClient: QueryClient, client: HaggleClient): void {
  const before = owners.get(queryClient);
  const userId = client.me.get()?.id ?? null;
  const isSame = before?.client === client || (userId !== null && before?.userId === userId);
  if (before !== undefined && !isSame) queryClient.removeQueries({ queryKey: keys.all });
  owners.set(queryClient, { client, userId });
}

/** The client's user has become known, or another. */
export function noteUser(queryClient: QueryClient, client: HaggleClient): void {
  const before = owners.get(queryClient)?.userId ?? null;
  const userId = client.me.get()?.id ?? null;
  if (before !== null && before !== userId) void queryClient.resetQueries({ queryKey: keys.all });
  owners.set(queryClient, { client, userId });
}
