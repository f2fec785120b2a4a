import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultServerLimits, HaggleError, type Me, type Offer } from '../../client/index.ts';
import { formDraftOf } from '../Composer/negotiation.ts';
import { MessageThread } from '../MessageThread/MessageThread.tsx';
import { ToldPlace } from '../Told/ToldPlace.tsx';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation, message, own } from '../testing/fixtures.ts';
import { getScene, type Scene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { offerOf } from './testing/offers.ts';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const supplier: Me = { id: 'u-mill', role: 'supplier' };
const limits = { ...defaultServerLimits, offers: true };
const text = 'Offer: EUR 600.00\n1. Bolts: 500 pcs × 1.20\nPayment: 30 days\n\nAs discussed.';

function scene(offer: Offer, given: Partial<Scene> = {}): Partial<Scene> {
  const isMine = offer.role === 'buyer';
  const made = isMine ? own : message;
  return {
    me: buyer,
    limits,
    conversations: [conversation()],
    messages: { c1: [made(1, { kind: 'offer', text, offer })] },
    ...given,
  };
}
const thread = <MessageThread conversationId="c1" />;
const card = () => screen.findByRole('group', { name: /offer/i });
const button = (name: string) => screen.queryByRole('button', { name });

describe('an offer', () => {
  it('shows terms, total, note, and that it waits for an answer', async () => {
    show(scene(offerOf()), thread);
    const shown = within(await card());
    shown.getByText('Bolts');
    shown.getByText('500 pcs × €1.20');
    expect(shown.getAllByText('€600.00')).toHaveLength(2);
    shown.getByText('FOB Izmir');
    shown.getByText('30 days', { selector: 'dd *' });
    shown.getByText('As discussed.');
    shown.getByText('Waiting for your answer');
    shown.getByText('Offer open');
  });

  it('is answered by the other side alone, and withdrawn by its author', async () => {
    const { unmount } = show(scene(offerOf()), thread);
    await card();
    expect([button('Accept'), button('Counter'), button('Decline…')].includes(null)).toBe(false);
    expect(button('Withdraw…')).toBeNull();
    unmount();
    show(scene(offerOf(), { me: supplier }), thread);
    await card();
    expect([button('Accept'), button('Counter'), button('Decline…')]).toEqual([null, null, null]);
    expect(button('Withdraw…')).not.toBeNull();
    screen.getByText(/Waiting for Mara/);
  });

  it('is withdrawn also by an author who may not write any more', async () => {
    const conversations = [conversation({ blockedBy: 'u-mill' })];
    const { unmount } = show(scene(offerOf(), { me: supplier, conversations }), thread);
    await card();
    expect(button('Withdraw…')).not.toBeNull();
    unmount();
    show(scene(offerOf(), { me: supplier, conversations, limits: defaultServerLimits }), thread);
    await card();
    expect(button('Withdraw…')).toBeNull();
  });

  it('offers nothing to whoever reads along, nor where offers are off', async () => {
    const { unmount } = show(scene(offerOf(), { me: { id: 'u-noor', role: 'admin' } }), thread);
    await card();
    expect(button('Accept')).toBeNull();
    unmount();
    show(scene(offerOf(), { limits: defaultServerLimits }), thread);
    await card();
    expect(button('Accept')).toBeNull();
  });

  it('is open until the server says otherwise, whatever the clock of this device says', async () => {
    const validUntil = '2020-01-01T00:00:00.000Z';
    const { unmount } = show(scene(offerOf({ validUntil })), thread);
    const shown = within(await card());
    shown.getByText('Offer open');
    shown.getByText('expired');
    expect([button('Accept'), button('Counter'), button('Decline…')].includes(null)).toBe(false);
    unmount();
    show(scene(offerOf({ validUntil, state: 'expired' })), thread);
    within(await card()).getByText(/^Expired, /);
    expect(button('Accept')).toBeNull();
  });

  it('says how long it lasts when that is not long', async () => {
    const validUntil = new Date(Date.now() + 100 * 60_000).toISOString();
    show(scene(offerOf({ validUntil })), thread);
    within(await card()).getByText('ends in 2 hours');
  });

  it('says who did what with it', async () => {
    show(
      scene(offerOf({ state: 'declined', answeredBy: 'u-mara', answeredAt: '2026-03-02T10:00:00.000Z' })),
      thread,
    );
    within(await card()).getByText(/^Declined by you, March 2, 2026/);
  });

  it('marks what changed against the one that it counters', async () => {
    const before = offerOf({ id: 'o0' });
    const items = [
      { name: 'Bolts', quantity: '600', unit: 'pcs', unitPrice: '1.10' },
      { name: 'Nuts', quantity: '600', unit: 'pcs', unitPrice: '0.10' },
    ];
    const offer = offerOf({ supersedes: 'o0', terms: { ...before.terms, items, leadTimeDays: 10 } });
    show(scene(offer, { superseded: { [offer.id]: before } }), thread);
    const shown = within(await card());
    shown.getByText('was 500 pcs');
    shown.getByText('was €1.20');
    shown.getByText('new');
    shown.getByText('was not stated');
    shown.getByText('3 changes to the offer before');
  });
});

describe('an answer', () => {
  it('is confirmed with total and terms', async () => {
    const { user } = show(scene(offerOf()), thread);
    await card();
    await user.click(button('Accept') as HTMLElement);
    const dialog = within(screen.getByRole('dialog', { name: 'Accept this offer?' }));
    dialog.getByText('FOB Izmir');
    expect(dialog.getAllByText('€600.00')).toHaveLength(2);
    await user.click(dialog.getByRole('button', { name: 'Accept' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    within(await card()).getByText('Offer accepted');
  });

  it('to what was changed meanwhile closes, and shows the offer as it is', async () => {
    const now = offerOf({
      rev: 2,
      state: 'withdrawn',
      answeredBy: 'u-mill',
      answeredAt: '2026-03-02T10:00:00.000Z',
    });
    const refusal = new HaggleError('refused', 'Not open', {
      status: 409,
      code: 'offer_not_open',
      offer: now,
    });
    const { user } = show(scene(offerOf(), { refusal }), thread);
    await card();
    await user.click(button('Accept') as HTMLElement);
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Accept' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    within(await card()).getByText('Offer withdrawn');
  });

  it('that fails for another reason can be tried again, with what was written', async () => {
    const refusal = new HaggleError('network', 'The server could not be reached');
    const { user } = show(scene(offerOf(), { refusal }), thread);
    await card();
    await user.click(button('Decline…') as HTMLElement);
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByRole('textbox'), 'Too late');
    await user.click(dialog.getByRole('button', { name: 'Decline' }));
    await dialog.findByRole('alert');
    expect(dialog.getByRole('textbox')).toHaveProperty('value', 'Too late');
  });

  it('by another offer begins with its terms', async () => {
    const offer = offerOf();
    const { user } = show(scene(offer), thread);
    await card();
    await user.click(button('Counter') as HTMLElement);
    const started = JSON.parse(getScene().drafts[formDraftOf('c1')] ?? '{}');
    expect(started).toMatchObject({ kind: 'offer', counters: 'o1', from: offer.terms });
    expect(started.clientMessageId).toBeTruthy();
  });
});

describe('a request', () => {
  const asked = (id: string, name: string) => {
    const terms = { items: [{ name, quantity: '500', unit: 'pcs' }] };
    return { kind: 'request', text: name, request: { id, terms } } as const;
  };
  const requests = (drafts: Scene['drafts'] = {}): Partial<Scene> => ({
    me: supplier,
    limits,
    conversations: [conversation()],
    messages: { c1: [own(1, asked('r1', 'Bolts')), own(2, asked('r2', 'Pallets'))] },
    drafts,
  });
  const make = async (at: number) =>
    (await screen.findAllByRole('button', { name: 'Make an offer' }))[at] as HTMLElement;
  const begun = () => JSON.parse(getScene().drafts[formDraftOf('c1')] ?? '{}');

  it('is answered with its own terms, whatever was begun for another one', async () => {
    const { user } = show(requests(), thread);
    await user.click(await make(0));
    expect(begun().from.items[0].name).toBe('Bolts');
    await user.click(await make(1));
    expect(begun()).toMatchObject({ source: 'r2', from: { items: [{ name: 'Pallets' }] } });
    const first = begun().clientMessageId;
    await user.click(await make(1));
    expect(begun().clientMessageId).toBe(first);
  });

  it('shows its answers in a dialog that holds no form around theirs', async () => {
    const complaints = vi.spyOn(console, 'error');
    const terms = { items: [{ name: 'Bolts', quantity: '500', unit: 'pcs' }] };
    const answer = {
      supplierId: 'u-mill',
      conversationId: 'c1',
      state: 'offered',
      offer: offerOf(),
    } as const;
    const made = { id: 'r1', createdAt: '2026-03-02T10:00:00.000Z', closedAt: null, acceptedOfferId: null };
    const given = { ...requests(), me: buyer, requests: [{ ...made, terms, answers: [answer] }] };
    const { user } = show({ ...given, messages: { c1: [own(1, asked('r1', 'Bolts'))] } }, thread);
    await user.click(await screen.findByRole('button', { name: 'Compare answers' }));
    await user.click(await screen.findByRole('button', { name: 'Close the request…' }));
    screen.getByRole('dialog', { name: 'Close this request?' });
    expect(document.querySelector('form form')).toBeNull();
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });

  it('puts aside what was typed for something else, with a way back, also what another window has typed', async () => {
    const typed = '{"kind":"offer","clientMessageId":"k","form":{}}\n{"kind":"offer","clientMessageId":"l"}';
    const { user } = show(
      requests({ [formDraftOf('c1')]: typed }),
      <>
        {thread}
        <ToldPlace />
      </>,
    );
    await user.click(await make(0));
    expect(begun().source).toBe('r1');
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(getScene().drafts[formDraftOf('c1')]).toBe(typed);
  });
});
