import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { defaultServerLimits, HaggleError } from '../../client/index.ts';
import { Composer } from '../Composer/Composer.tsx';
import { formDraftOf } from '../Composer/negotiation.ts';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation } from '../testing/fixtures.ts';
import { getScene, type Scene, setScene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { offerOf } from './testing/offers.ts';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const scene: Partial<Scene> = {
  me: { id: 'u-mill', role: 'supplier' },
  limits: { ...defaultServerLimits, offers: true },
  conversations: [conversation({ product: { id: 'p', name: 'Cotton tote', image: '' } })],
};
const composer = <Composer conversationId="c1" />;
const field = (name: string | RegExp) => screen.getByRole('textbox', { name });
const open = async (given: Partial<Scene> = {}) => {
  const shown = show({ ...scene, ...given }, composer);
  await shown.user.click(screen.getByRole('button', { name: 'Make an offer' }));
  await screen.findByRole('form', { name: /Make an offer/ });
  return shown;
};
const fill = async ({ user }: Awaited<ReturnType<typeof open>>) => {
  await user.type(field('Quantity'), '500');
  await user.type(field('Unit price'), '1.20');
  await user.selectOptions(screen.getByRole('combobox', { name: 'Currency' }), 'EUR');
};
const send = () => screen.getByRole('button', { name: 'Send the offer' });
const failed = new HaggleError('network', 'The server could not be reached');

it('begins with the product, adds up, and sends what stands there once', async () => {
  const shown = await open();
  expect(field('Product or service')).toHaveProperty('value', 'Cotton tote');
  screen.getByText('What you want to say; it is no part of the terms.');
  await fill(shown);
  within(screen.getByRole('status')).getByText('€600.00');
  await shown.user.click(send());
  await waitFor(() => expect(getScene().sentOffers).toHaveLength(1));
  expect(getScene().sentOffers[0]?.terms).toMatchObject({
    items: [{ productId: 'p', name: 'Cotton tote', quantity: '500', unit: 'pcs', unitPrice: '1.20' }],
    currency: 'EUR',
  });
  await screen.findByRole('textbox', { name: /Message to/ });
});

it('asks nobody while something is wrong, says it at its field and goes there', async () => {
  const { user } = await open();
  await user.click(send());
  await screen.findByText('3 fields need your attention.');
  expect(getScene().sentOffers).toEqual([]);
  expect(document.activeElement).toBe(field('Quantity'));
  expect(field('Quantity').getAttribute('aria-invalid')).toBe('true');
});

it('keeps everything when sending fails, and sends the same again as the same', async () => {
  const shown = await open({ refusal: failed });
  await fill(shown);
  await shown.user.click(send());
  await screen.findByText(/^Not sent/);
  await shown.user.click(send());
  await waitFor(() => expect(getScene().sentOffers).toHaveLength(2));
  const [first, second] = getScene().sentOffers;
  expect(second?.clientMessageId).toBe(first?.clientMessageId);
  // Changed, it is another offer, whatever became of the first.
  await shown.user.type(field('Quantity'), '0');
  await shown.user.click(send());
  await waitFor(() => expect(getScene().sentOffers).toHaveLength(3));
  expect(getScene().sentOffers[2]?.clientMessageId).not.toBe(first?.clientMessageId);
});

it('shows the server’s problems at their fields', async () => {
  const fields = { 'terms.items[0].unitPrice': 'Must be lower' };
  const refusal = new HaggleError('refused', 'Wrong', { status: 400, code: 'validation_failed', fields });
  const shown = await open({ refusal });
  await fill(shown);
  await shown.user.click(send());
  await screen.findByText('Must be lower');
  expect(document.activeElement).toBe(field('Unit price'));
});

it('says what is wrong where no field is, and sends a product that is gone by its name', async () => {
  const wrong = (fields: Record<string, string>) =>
    new HaggleError('refused', 'Wrong', { status: 400, code: 'validation_failed', fields });
  const gone = { 'terms.items[0].productId': 'No such product', terms: 'Is too long' };
  const shown = await open({ refusal: wrong(gone) });
  await fill(shown);
  await shown.user.click(send());
  await screen.findByText('No such product');
  expect(document.activeElement).toBe(field('Product or service'));
  within(screen.getByRole('alert')).getByText('One field needs your attention.');
  within(screen.getByRole('alert')).getByText('Is too long');
  setScene({ refusal: wrong({ clientMessageId: 'Was used before' }) });
  await shown.user.click(send());
  await screen.findByText('Not sent. Was used before. What you wrote is kept.');
  const [first, second] = getScene().sentOffers.map(({ terms }) => terms.items[0]);
  expect(first).toMatchObject({ productId: 'p', name: 'Cotton tote' });
  expect(second).toMatchObject({ name: 'Cotton tote' });
  expect(second).not.toHaveProperty('productId');
});

it('says that one is open already, and leads there', async () => {
  const refusal = new HaggleError('refused', 'Open', { status: 409, code: 'offer_open', offer: offerOf() });
  const shown = await open({ refusal });
  await fill(shown);
  await shown.user.click(send());
  await screen.findByText(/There is an open offer/);
  await shown.user.click(screen.getByRole('button', { name: 'Show it' }));
  expect(getScene().targets['c1']).toEqual({ messageId: 'm1' });
});

it('that answers what is not open any more becomes an offer of its own', async () => {
  const refusal = new HaggleError('refused', 'Not open', {
    status: 409,
    code: 'offer_not_open',
    offer: offerOf(),
  });
  const start = JSON.stringify({
    kind: 'offer',
    counters: 'o1',
    from: offerOf().terms,
    clientMessageId: 'k',
  });
  const { user } = show({ ...scene, refusal, drafts: { [formDraftOf('c1')]: start } }, composer);
  await user.click(await screen.findByRole('button', { name: 'Send the counter-offer' }));
  await screen.findByText(/is not open any more/);
  setScene({ refusal: null });
  await user.click(send());
  await waitFor(() => expect(getScene().sentOffers).toHaveLength(2));
  const [first, second] = getScene().sentOffers;
  expect([first?.counters, second?.counters]).toEqual(['o1', undefined]);
});

it('remembers which request it answers when something was typed', async () => {
  const start = { kind: 'offer', source: 'r1', from: offerOf().terms, clientMessageId: 'k' };
  const { user } = show({ ...scene, drafts: { [formDraftOf('c1')]: JSON.stringify(start) } }, composer);
  await user.type(await screen.findByRole('textbox', { name: 'Unit price' }), '1');
  expect(JSON.parse(getScene().drafts[formDraftOf('c1')] ?? '')).toMatchObject({ source: 'r1', form: {} });
});

it('adds and removes items', async () => {
  const { user } = await open();
  await user.click(screen.getByRole('button', { name: 'Add an item' }));
  expect(screen.getAllByRole('group', { name: /^Item \d/ })).toHaveLength(2);
  await user.click(screen.getByRole('button', { name: 'Remove Cotton tote' }));
  expect(screen.getAllByRole('group', { name: /^Item \d/ })).toHaveLength(1);
  expect(field('Product or service')).toHaveProperty('value', '');
});

const dayAfter = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** A line of a draft, as each of two windows keeps one. */
const lineOf = (quantity: string, terms: object = {}) =>
  JSON.stringify({
    kind: 'offer',
    clientMessageId: quantity,
    isTried: false,
    supplierIds: [],
    form: {
      items: [{ key: 0, productId: null, name: 'Bolts', quantity, unit: 'pcs', unitPrice: '1' }],
      currency: '',
      incoterm: '',
      place: '',
      leadTimeDays: '',
      payment: '',
      validUntil: '',
      remarks: '',
      note: '',
      ...terms,
    },
  });

it('loses nothing of what two windows have typed', async () => {
  const { user } = show(
    { ...scene, drafts: { [formDraftOf('c1')]: `${lineOf('1')}\n${lineOf('2')}` } },
    composer,
  );
  await waitFor(() => expect(field('Quantity')).toHaveProperty('value', '2'));
  await user.type(field('Quantity'), '0');
  await user.click(screen.getByRole('button', { name: 'Show that' }));
  expect(field('Quantity')).toHaveProperty('value', '1');
  await user.click(screen.getByRole('button', { name: 'Show that' }));
  expect(field('Quantity')).toHaveProperty('value', '20');
});

const to = { id: 'm1', seq: 1, senderName: 'Mara', preview: 'Hello', isDeleted: false };

it('is sent alone, and what another window has typed stays', async () => {
  const full = { currency: 'EUR', validUntil: dayAfter(3) };
  const drafts = { [formDraftOf('c1')]: `${lineOf('1', full)}\n${lineOf('2', full)}` };
  const { user } = show({ ...scene, drafts }, composer);
  await waitFor(() => expect(field('Quantity')).toHaveProperty('value', '2'));
  await user.click(send());
  await waitFor(() => expect(field('Quantity')).toHaveProperty('value', '1'));
  expect(screen.queryByText(/in another window, too/)).toBeNull();
  await user.click(send());
  await screen.findByRole('textbox', { name: /Message to/ });
  expect(getScene().sentOffers.map(({ terms }) => terms.items[0]?.quantity)).toEqual(['2', '1']);
});

it('is left for a message and gone on with, as it was left', async () => {
  const shown = await open();
  await shown.user.type(field('Quantity'), '500');
  await shown.user.click(screen.getByRole('button', { name: 'Back to messages' }));
  expect(document.activeElement).toBe(field(/Message to/));
  await shown.user.type(field(/Message to/), 'Which finish?{Enter}');
  expect(getScene().messages['c1']?.map(({ text }) => text)).toEqual(['Which finish?']);
  // The next visit begins where this one ended.
  shown.rerender(<Composer conversationId="c1" key="again" />);
  await shown.user.click(screen.getByRole('button', { name: 'Back to the form you began' }));
  expect(await screen.findByRole('textbox', { name: 'Quantity' })).toHaveProperty('value', '500');
});

it('lets a message be answered, quoted or corrected first, and comes back', async () => {
  const { user } = await open();
  await user.type(field('Quantity'), '500');
  act(() => setScene({ writing: { c1: { kind: 'reply', to } } }));
  expect(document.activeElement).toBe(field(/Message to/));
  await user.type(field(/Message to/), 'In two weeks{Enter}');
  expect(getScene().messages['c1']?.map(({ text }) => text)).toEqual(['In two weeks']);
  expect(await screen.findByRole('textbox', { name: 'Quantity' })).toHaveProperty('value', '500');
});

it('takes the place of a reply that was begun, whose words are kept', async () => {
  const writing = { c1: { kind: 'reply', to } as const };
  await open({ writing, drafts: { c1: 'In two' } });
  expect(getScene().drafts['c1']).toBe('In two');
});

it('a buyer may also ask for an offer, without prices', async () => {
  const { user } = show({ ...scene, me: buyer }, composer);
  await user.click(screen.getByRole('button', { name: 'Offers' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Ask for an offer', hidden: true }));
  await screen.findByRole('form', { name: /Ask for an offer/ });
  expect(screen.queryByRole('textbox', { name: 'Unit price' })).toBeNull();
  await user.type(field('Quantity'), '5');
  await user.click(screen.getByRole('button', { name: 'Send the request' }));
  await waitFor(() => expect(getScene().sentRequests).toHaveLength(1));
  expect(getScene().sentRequests[0]).toMatchObject({ supplierIds: ['u-mill'] });
});

it('is nowhere where offers are off', () => {
  show(
    { ...scene, limits: defaultServerLimits, drafts: { [formDraftOf('c1')]: '{"kind":"offer"}' } },
    composer,
  );
  expect(screen.queryByRole('button', { name: 'Make an offer' })).toBeNull();
  screen.getByRole('textbox', { name: /Message to/ });
});
