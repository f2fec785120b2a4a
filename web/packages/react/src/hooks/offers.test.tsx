import { act, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { HaggleError } from '../client/errors.ts';
import type { Offer } from '../client/types.ts';
import { setStage } from '../testing/stage.tsx';
import { useConversation, useMessages, useOfferActions } from './index.ts';

const stage = setStage();
const terms = {
  items: [{ name: 'Bolts', quantity: '500', unit: 'pcs', unitPrice: '1.20' }],
  currency: 'EUR',
  validUntil: '2099-01-01T00:00:00.000Z',
};

/** The conversation as Bob, who supplies, sees it. */
async function open() {
  const shown = stage.render(() => ({
    thread: useMessages(stage.id),
    conversation: useConversation(stage.id).conversation,
    actions: useOfferActions(stage.id),
  }));
  await waitFor(() => expect(shown.result.current.thread.status).toBe('success'));
  await waitFor(() => expect(stage.client.connection.get().status).toBe('online'));
  const offers = () => shown.result.current.thread.messages.flatMap(({ offer }) => offer ?? []);
  return { ...shown, offers, glance: () => shown.result.current.conversation?.offer };
}

const made = (by: string, clientMessageId: string, counters?: string) =>
  stage.model.offer(by, stage.id, { terms, clientMessageId, counters }).offer;

describe('an offer', () => {
  it('is in the thread and in the conversation, and made once however often it is sent', async () => {
    const { result, offers, glance } = await open();
    const send = () => result.current.actions.make({ terms, clientMessageId: 'k1' });
    await act(async () => void (await send()));
    await act(async () => void (await send()));
    expect(offers().map(({ state }) => state)).toEqual(['open']);
    await waitFor(() => expect(glance()).toEqual({ id: 'o1', role: 'supplier', state: 'open' }));
  });

  it('changes for everybody when the other side answers it', async () => {
    const { offers, glance } = await open();
    const first = made('bob', 'k1');
    await waitFor(() => expect(offers()).toHaveLength(1));
    act(() => void made('bea', 'k2', first.id));
    await waitFor(() => expect(offers().map(({ state }) => state)).toEqual(['countered', 'open']));
    act(() => void stage.model.answer('bea', stage.id, 'o2', 'withdraw', 1));
    await waitFor(() => expect(offers().map(({ state }) => state)).toEqual(['countered', 'withdrawn']));
    await waitFor(() => expect(glance()?.state).toBe('withdrawn'));
  });

  it('is answered once, and who answers sees it at once', async () => {
    const offer = made('bea', 'k1');
    const { result, offers } = await open();
    await waitFor(() => expect(offers()).toHaveLength(1));
    await act(async () => void (await result.current.actions.answer(offer, 'accept')));
    await waitFor(() => expect(offers()[0]?.state).toBe('accepted'));
    await waitFor(() => expect(result.current.thread.messages.at(-1)?.system?.event).toBe('offer_accepted'));
  });
});

describe('an answer that comes too late', () => {
  let offer: Offer;
  beforeEach(() => {
    offer = made('bea', 'k1');
  });

  it('brings the offer as it is, also where no event has come', async () => {
    const { result, offers } = await open();
    await waitFor(() => expect(offers()).toHaveLength(1));
    const now: Offer = { ...offer, rev: 2, state: 'withdrawn', answeredBy: 'bea' };
    stage.interfere = ({ url }) =>
      url.endsWith('/accept')
        ? HttpResponse.json(
            { error: 'Conflict', code: 'offer_not_open', message: 'Not open', requestId: 'r', offer: now },
            { status: 409 },
          )
        : undefined;
    let refusal: unknown;
    await act(async () => {
      refusal = await result.current.actions.answer(offer, 'accept').catch((error: unknown) => error);
    });
    expect(refusal).toBeInstanceOf(HaggleError);
    expect(refusal).toMatchObject({ status: 409, code: 'offer_not_open', offer: { state: 'withdrawn' } });
    await waitFor(() => expect(offers()[0]?.state).toBe('withdrawn'));
  });
});
