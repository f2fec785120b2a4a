import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { HaggleError } from '../client/errors.ts';
import { closeRequest, getRequest, type NewRequest, sendRequest } from '../client/offers-api.ts';
import type { QuotationRequest } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { keys } from '../query/keys.ts';
import { asError } from './as-error.ts';
import type { LoadStatus } from './results.ts';

export type { NewRequest };

export interface RequestResult {
  request: QuotationRequest | null;
  status: LoadStatus;
  error: HaggleError | null;
  refetch: () => void;
  /** Ends it: what is open is declined, with the message. Rejects with a `HaggleError`. */
  close: (how: { acceptedOfferId?: string; message?: string }) => Promise<QuotationRequest>;
}

/** A request for quotation, and how it stands with each supplier; events keep it up to date. */
export function useRequest(id: string): RequestResult {
  const { client, queryClient } = useChat();
  const { data, status, error, refetch } = useQuery(
    {
      queryKey: keys.request(id),
      queryFn: ({ signal }) => getRequest(client.http, id, signal),
      // Who watches it from outside of its conversations hears of no event.
      staleTime: 0,
    },
    queryClient,
  );
  const close = useCallback(
    async (how: { acceptedOfferId?: string; message?: string }) => {
      const request = await closeRequest(client.http, id, how);
      queryClient.setQueryData(keys.request(id), request);
      return request;
    },
    [client, queryClient, id],
  );
  return { request: data ?? null, status, error: asError(error), refetch: () => void refetch(), close };
}

/** Asks suppliers for offers, each in a conversation of their own. Rejects with a `HaggleError`. */
export function useSendRequest(): (request: NewRequest) => Promise<QuotationRequest> {
  const { client, queryClient } = useChat();
  return useCallback(
    async (request: NewRequest) => {
      const sent = await sendRequest(client.http, request);
      queryClient.setQueryData(keys.request(sent.id), sent);
      return sent;
    },
    [client, queryClient],
  );
}
