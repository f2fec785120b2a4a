import { useMemo } from 'react';
import type { Offer } from '../../client/index.ts';
import type * as hooks from '../../hooks/index.ts';
import { getScene, setScene, useScene } from './scene.ts';

/* The hooks of offers, requests and reports, answered from the scene. */

const nothing = () => undefined;
const pagedOf = { error: null, hasMore: false, isLoadingMore: false, loadMore: nothing, refetch: nothing };

const states = { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' } as const;

/** Puts an offer into its message and its conversation. */
function keep(offer: Offer): void {
  const { messages, conversations } = getScene();
  const { conversationId: id } = offer;
  setScene({
    messages: {
      ...messages,
      [id]: (messages[id] ?? []).map((each) => (each.offer?.id === offer.id ? { ...each, offer } : each)),
    },
    conversations: conversations.map((each) =>
      each.id === id && each.offer?.id === offer.id
        ? { ...each, offer: { ...each.offer, state: offer.state } }
        : each,
    ),
  });
}

export const useOfferActions: typeof hooks.useOfferActions = (conversationId) =>
  useMemo(() => {
    const refused = () => {
      const { refusal } = getScene();
      if (refusal?.offer) keep(refusal.offer);
      if (refusal) throw refusal;
    };
    return {
      make: async (offer) => {
        const { sentOffers, me } = getScene();
        setScene({ sentOffers: [...sentOffers, offer] });
        refused();
        return {
          id: 'made',
          rev: 1,
          conversationId,
          messageId: 'made',
          by: me?.id ?? '',
          role: me?.role ?? 'buyer',
          state: 'open',
          terms: offer.terms,
          totals: { net: '0.00', currency: offer.terms.currency ?? 'EUR' },
          validUntil: offer.terms.validUntil ?? '',
          createdAt: new Date().toISOString(),
          answeredAt: null,
          answeredBy: null,
          supersedes: offer.counters ?? null,
          supersededBy: null,
        };
      },
      answer: async (offer, answer) => {
        refused();
        const answeredBy = getScene().me?.id ?? null;
        const after = { ...offer, rev: offer.rev + 1, state: states[answer], answeredBy };
        keep({ ...after, answeredAt: new Date().toISOString() });
        return after;
      },
    };
  }, [conversationId]);

export const useSuperseded: typeof hooks.useSuperseded = ({ id, supersedes }) => {
  const known = useScene().superseded[id];
  return supersedes === null ? null : (known ?? null);
};

export const useRequest: typeof hooks.useRequest = (id) => {
  const { requests, listStatus, problem } = useScene();
  const request = requests.find((each) => each.id === id) ?? null;
  return {
    request: listStatus === 'success' ? request : null,
    status: listStatus,
    error: problem,
    refetch: nothing,
    close: async ({ acceptedOfferId }) => {
      const { refusal, requests: all } = getScene();
      const before = all.find((each) => each.id === id);
      if (refusal || !before) throw refusal;
      const closed = {
        ...before,
        closedAt: new Date().toISOString(),
        acceptedOfferId: acceptedOfferId ?? null,
        answers: before.answers.map((each) =>
          each.state === 'accepted' ? each : { ...each, state: 'declined' as const },
        ),
      };
      setScene({ requests: all.map((each) => (each.id === id ? closed : each)) });
      return closed;
    },
  };
};

export const useSendRequest: typeof hooks.useSendRequest = () => async (request) => {
  const { refusal, sentRequests } = getScene();
  setScene({ sentRequests: [...sentRequests, request] });
  if (refusal) throw refusal;
  return {
    id: `request ${sentRequests.length}`,
    createdAt: new Date().toISOString(),
    closedAt: null,
    acceptedOfferId: null,
    terms: request.terms,
    answers: request.supplierIds.map((supplierId) => ({
      supplierId,
      conversationId: 'c1',
      offer: null,
      state: 'waiting' as const,
    })),
  };
};

export const useReports: typeof hooks.useReports = (state) => {
  const { filed, listStatus, problem } = useScene();
  return {
    ...pagedOf,
    error: problem,
    status: listStatus,
    reports: listStatus === 'success' ? filed.filter((each) => each.state === state) : [],
    judge: async (id, { state: next, answer }) => {
      const { refusal, filed: all, me } = getScene();
      if (refusal) throw refusal;
      const judged = next === 'open' ? null : new Date().toISOString();
      setScene({
        filed: all.map((each) =>
          each.id === id
            ? {
                ...each,
                state: next,
                answer: answer ?? each.answer,
                answeredAt: judged,
                answeredBy: judged && (me?.id ?? null),
              }
            : each,
        ),
      });
    },
  };
};
