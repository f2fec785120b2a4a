import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultServerLimits, HaggleError, type QuotationRequest } from '../../client/index.ts';
import { offerOf } from '../Offer/testing/offers.ts';
import { RequestQuotation } from '../RequestQuotation/RequestQuotation.tsx';
import { told } from '../Told/told.ts';
import { stubBrowser } from '../testing/browser.ts';
import { admin, buyer, conversation, mara } from '../testing/fixtures.ts';
import { getScene, type Scene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { bestOf } from './best.ts';
import { RequestAnswers } from './RequestAnswers.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(() => {
  stubBrowser();
  told.set(null);
});

const names = ['Anatolia', 'Kumasi', 'Porto'];
const conversations = names.map((name, at) =>
  conversation({
    id: `c${at}`,
    participants: { buyer: mara, supplier: { id: `s${at}`, name, isOnline: false, lastReadSeq: 0 } },
  }),
);
const priced = (net: string, leadTimeDays: number, id: string) => {
  const offer = offerOf({ id, totals: { net, currency: 'EUR' } });
  return { ...offer, terms: { ...offer.terms, leadTimeDays } };
};
const request: QuotationRequest = {
  id: 'r1',
  createdAt: '2026-03-02T10:00:00.000Z',
  closedAt: null,
  acceptedOfferId: null,
  terms: { items: [{ name: 'Bolts', quantity: '500', unit: 'pcs' }] },
  answers: [
    { supplierId: 's0', conversationId: 'c0', state: 'offered', offer: priced('600.00', 30, 'a') },
    { supplierId: 's1', conversationId: 'c1', state: 'offered', offer: priced('580.00', 40, 'b') },
    { supplierId: 's2', conversationId: 'c2', state: 'waiting', offer: null },
  ],
};
const scene: Partial<Scene> = {
  me: buyer,
  limits: { ...defaultServerLimits, offers: true },
  conversations,
  requests: [request],
};
const answers = <RequestAnswers requestId="r1" />;
const row = (name: string) => within(screen.getByRole('row', { name: new RegExp(name) }));

describe('answers side by side', () => {
  it('show price, total, lead time, delivery and state of each, and which is best', () => {
    show(scene, answers);
    row('Anatolia').getByText('€1.20');
    row('Anatolia').getByText('fastest');
    row('Kumasi').getByText('€580.00');
    row('Kumasi').getByText('lowest');
    row('Kumasi').getByText('FOB Izmir');
    row('Porto').getByText('Waiting');
    expect(row('Porto').queryByRole('button')).toBeNull();
  });

  it('compare what suppliers offer, and not the price that the buyer has named', () => {
    const countered = { ...priced('400.00', 10, 'c'), role: 'buyer' as const };
    const [one, two, three] = request.answers;
    if (!one || !two || !three) throw new Error('no answers');
    const now = [one, two, { ...three, state: 'offered' as const, offer: countered }];
    show({ ...scene, requests: [{ ...request, answers: now }] }, answers);
    row('Porto').getByText('the buyer’s counter-offer');
    row('Kumasi').getByText('lowest');
    row('Anatolia').getByText('fastest');
    // Once it was accepted it is a price like another one.
    expect(bestOf([one, two, { ...three, state: 'accepted', offer: countered }]).lowest).toBe('s2');
  });

  it('are accepted after a confirmation', async () => {
    const { user } = show(scene, answers);
    await user.click(row('Kumasi').getByRole('button', { name: 'Accept: Kumasi' }));
    within(screen.getByRole('dialog', { name: 'Accept this offer?' })).getByText('FOB Izmir');
  });

  it('say on a page of their own that an offer was withdrawn meanwhile', async () => {
    const offer = priced('580.00', 40, 'b');
    const refusal = new HaggleError('refused', 'Not open', { status: 409, code: 'offer_not_open', offer });
    const { user, container } = show(
      { ...scene, refusal },
      <>
        <div data-testid="first">{answers}</div>
        <RequestAnswers requestId="r1" />
      </>,
    );
    const [accept] = screen.getAllByRole('button', { name: 'Accept: Kumasi' });
    await user.click(accept as HTMLElement);
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Accept' }));
    // Of two on one page, where somebody has pressed something.
    const word = await screen.findByText(/not open any more/);
    expect(container.querySelector('[data-testid=first]')?.contains(word)).toBe(true);
  });

  it.each([admin, { id: 's0', role: 'supplier' } as const])('are only looked at by the $role', (me) => {
    show({ ...scene, me }, answers);
    row('Kumasi').getByText('€580.00');
    expect(screen.queryByRole('button', { name: /^Accept/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /Close the request/ })).toBeNull();
  });

  it('lead to each conversation', async () => {
    const onOpen = vi.fn();
    const { user } = show(scene, <RequestAnswers onOpen={onOpen} requestId="r1" />);
    await user.click(row('Porto').getByRole('button', { name: /Open the conversation/ }));
    expect(onOpen).toHaveBeenCalledWith('c2');
  });

  it('end when the request is closed: the others are declined', async () => {
    const accepted = request.answers.map((each, at) =>
      at === 1 ? { ...each, state: 'accepted' as const } : each,
    );
    const { user } = show({ ...scene, requests: [{ ...request, answers: accepted }] }, answers);
    screen.getByText(/^One offer is accepted/);
    await user.click(screen.getByRole('button', { name: 'Close the request…' }));
    const dialog = within(screen.getByRole('dialog', { name: 'Close this request?' }));
    dialog.getByText(/The offer of Kumasi is accepted/);
    await user.click(dialog.getByRole('button', { name: 'Close the request' }));
    await waitFor(() => expect(getScene().requests[0]?.acceptedOfferId).toBe('b'));
    row('Anatolia').getByText('Declined');
    expect(screen.queryByRole('button', { name: 'Close the request…' })).toBeNull();
  });
});

describe('the best', () => {
  const [one, two] = request.answers;
  it('is nobody where currencies differ, two are equal, or there is one', () => {
    if (!one?.offer || !two?.offer) throw new Error('no answers');
    const other = { ...two, offer: { ...two.offer, totals: { net: '1.00', currency: 'USD' } } };
    expect(bestOf([one, other]).lowest).toBeNull();
    expect(bestOf([one, { ...one, supplierId: 's9' }])).toEqual({ lowest: null, fastest: null });
    expect(bestOf([one])).toEqual({ lowest: null, fastest: null });
  });
});

describe('a request to several suppliers', () => {
  const suppliers = names.map((name, at) => ({ id: `s${at}`, name }));
  const form = (onSent?: () => void) => <RequestQuotation onSent={onSent} suppliers={suppliers} />;

  it('goes to those that were chosen, without prices', async () => {
    const onSent = vi.fn();
    const { user } = show(scene, form(onSent));
    await user.click(screen.getByRole('checkbox', { name: 'Anatolia' }));
    await user.click(screen.getByRole('checkbox', { name: 'Porto' }));
    await user.type(screen.getByRole('textbox', { name: 'Product or service' }), 'Bolts');
    await user.type(screen.getByRole('textbox', { name: 'Quantity' }), '500');
    await user.click(screen.getByRole('button', { name: 'Ask 2 suppliers' }));
    await waitFor(() => expect(onSent).toHaveBeenCalledOnce());
    const [sent] = getScene().sentRequests;
    expect(sent?.supplierIds).toEqual(['s0', 's2']);
    expect(sent?.terms.items).toEqual([{ name: 'Bolts', quantity: '500', unit: 'pcs' }]);
    expect(screen.getByRole('textbox', { name: 'Quantity' })).toHaveProperty('value', '');
    screen.getByText('2 suppliers were asked.');
  });

  it('says when nobody was chosen', async () => {
    const { user } = show(scene, form());
    await user.click(screen.getByRole('button', { name: 'Ask suppliers' }));
    screen.getByText('Choose at least one supplier.');
    expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: 'Anatolia' }));
    expect(getScene().sentRequests).toEqual([]);
  });

  it('says which supplier the server refuses, and what has no field', async () => {
    const fields = { 'supplierIds[1]': 'This user is not active', terms: 'Is too long' };
    const refusal = new HaggleError('refused', 'Wrong', { status: 400, code: 'validation_failed', fields });
    const { user } = show({ ...scene, refusal, storesDrafts: false }, form());
    screen.getByText(/Your browser stores nothing/);
    await user.click(screen.getByRole('checkbox', { name: 'Anatolia' }));
    await user.click(screen.getByRole('checkbox', { name: 'Porto' }));
    await user.type(screen.getByRole('textbox', { name: 'Product or service' }), 'Bolts');
    await user.type(screen.getByRole('textbox', { name: 'Quantity' }), '500');
    await user.click(screen.getByRole('button', { name: 'Ask 2 suppliers' }));
    const problem = await screen.findByText(/This user is not active/);
    expect(problem.textContent).toBe('Porto: This user is not active');
    expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: 'Porto' }));
    within(screen.getByRole('alert')).getByText('Is too long');
    await user.click(screen.getByRole('checkbox', { name: 'Porto' }));
    expect(screen.queryByText(/This user is not active/)).toBeNull();
  });

  it('is nowhere where offers are off', () => {
    const { container } = show({ ...scene, limits: defaultServerLimits }, form());
    expect(container.textContent).toBe('');
  });
});
