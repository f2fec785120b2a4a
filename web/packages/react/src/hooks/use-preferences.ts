import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { HaggleError } from '../client/errors.ts';
import type { Preferences } from '../client/everyday-api.ts';
import { getPreferences, putPreferences } from '../client/late-api.ts';
import { useChat } from '../provider/context.ts';
import { asError } from './as-error.ts';
import type { LoadStatus } from './results.ts';

export interface PreferencesResult {
  preferences: Preferences | null;
  status: LoadStatus;
  error: HaggleError | null;
  refetch: () => void;
  /** Rejects with a `HaggleError` that names the fields. */
  save: (preferences: Preferences) => Promise<void>;
}

export const preferencesKey = ['haggle', 'preferences'];

/** How somebody wants to hear of what they missed. */
export function usePreferences(): PreferencesResult {
  const { client, queryClient } = useChat();
  const { data, status, error, refetch } = useQuery(
    { queryKey: preferencesKey, queryFn: () => getPreferences(client.http), staleTime: 0 },
    queryClient,
  );
  const save = useCallback(
    async (preferences: Preferences) => {
      await putPreferences(client.http, preferences);
      queryClient.setQueryData(preferencesKey, preferences);
    },
    [client, queryClient],
  );
  return { preferences: data ?? null, status, error: asError(error), refetch: () => void refetch(), save };
}
