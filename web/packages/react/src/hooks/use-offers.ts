import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { HaggleError } from '../client/errors.ts';
import {
  answerOffer,
  makeOffer,
  type Negotiated,
  type NewOffer,
  type OfferAnswer,
  offerChain,
} from '../client/offers-api.ts';
import type { Offer } from '../client/types.ts';
import { type Chat, useChat } from '../provider/context.ts';
import { keys } from '../query/keys.ts';

export type { NewOffer, OfferAnswer };

export interface OfferActions {
  /**
   * Each answers with the offer as it is then, and rejects with a `HaggleError`, whose `offer` says why where another one
   * was in the way. The same `clientMessageId` makes one offer, however often it is sent.
   */
  make: (offer: NewOffer) => Promise<Offer>;
  /** Of the version that was seen. */
  answer: (offer: Offer, answer: OfferAnswer, note?: string) => Promise<Offer>;
}

/** What people do with offers in a conversation. */
export function useOfferActions(conversationId: string): OfferActions {
  const chat = useChat();
  return useMemo(() => {
    const { http } = chat.client;
    return {
      make: (offer) => told(chat, makeOffer(http, conversationId, offer)),
      answer: (offer, answer, note) => told(chat, answerOffer(http, offer, answer, note)),
    };
  }, [chat, conversationId]);
}

/** What the answer says is shown at once, also of one that says no. */
async function told(chat: Chat, call: Promise<Negotiated>): Promise<Offer> {
  try {
    const { message, offer } = await call;
    chat.applyAnswer({ type: 'offer', offer });
    chat.applyAnswer({ type: 'sent', message: { ...message, conversationId: offer.conversationId } });
    return offer;
  } catch (error) {
    if (error instanceof HaggleError && error.offer !== null)
      chat.applyAnswer({ type: 'offer', offer: error.offer });
    throw error;
  }
}

/** The offer that this one counters; null while it is not known, and where there is none. */
export function useSuperseded({ id, conversationId, supersedes }: Offer): Offer | null {
  const chat = useChat();
  const thread = chat.queryClient.getQueryData(keys.thread(conversationId));
  const loaded = useMemo(
    () =>
      supersedes === null
        ? null
        : (thread?.messages.find((each) => each.offer?.id === supersedes)?.offer ?? null),
    [thread, supersedes],
  );
  const { data } = useQuery(
    {
      queryKey: keys.offerChain(id),
      queryFn: ({ signal }) => offerChain(chat.client.http, id, signal),
      enabled: supersedes !== null && loaded === null,
      // What an offer says never changes.
      staleTime: Number.POSITIVE_INFINITY,
    },
    chat.queryClient,
  );
  return loaded ?? data?.find((each) => each.id === supersedes) ?? null;
}
