import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { errorFromStatus, HaggleError } from '../../client/errors.ts';
import { defaultServerLimits } from '../../client/index.ts';
import { Appearance } from '../../theme/index.ts';
import { stubBrowser } from '../testing/browser.ts';
import { admin, buyer, conversation, mara, message, noor, own } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { ConversationList } from './ConversationList.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const trade = conversation({ product: { id: 'p', name: 'Cotton tote', image: '' }, unreadCount: 2 });
const office = conversation({
  id: 'c2',
  type: 'buyer_admin',
  participants: { buyer: mara, admin: noor },
  lastMessage: null,
});
const list = <ConversationList onSelect={() => undefined} />;

describe('the conversation list', () => {
  it('shows name, product, preview and what is unread', () => {
    show({ me: buyer, conversations: [trade] }, list);
    const row = screen.getByRole('button', { name: /Anatolia Textiles/ });
    within(row).getByText('Cotton tote');
    within(row).getByText('We can hold 2.40 EUR.');
    within(row).getByText('2 unread messages');
  });

  it('says who is online in words too', () => {
    show({ me: buyer, conversations: [office] }, list);
    within(screen.getByRole('button', { name: /Noor Haddad/ })).getByText('Online');
  });

  it('says of nobody that they are online while there is no connection', () => {
    const { container } = show({ me: buyer, conversations: [office], connection: 'offline' }, list);
    const row = screen.getByRole('button', { name: /Noor Haddad/ });
    expect(within(row).queryByText('Online')).toBeNull();
    expect(container.querySelector('[class*=online]')).toBeNull();
  });

  it('finds by words and leads back when nothing is found', async () => {
    const { user } = show({ me: buyer, conversations: [trade, office] }, list);
    await user.type(screen.getByRole('textbox'), 'zzz');
    await screen.findByText('Nothing found for “zzz”');
    await user.click(screen.getByRole('button', { name: 'Show all conversations' }));
    await screen.findByRole('button', { name: /Anatolia Textiles/ });
  });

  it('filters by type', async () => {
    const { user } = show({ me: buyer, conversations: [trade, office] }, list);
    await user.click(screen.getByRole('button', { name: 'Administration' }));
    expect(screen.queryByRole('button', { name: /Anatolia Textiles/ })).toBeNull();
    screen.getByRole('button', { name: /Noor Haddad/ });
  });

  it('says of an empty kind that it is empty, not that letters are too many', async () => {
    const { user } = show({ me: buyer, conversations: [trade] }, list);
    await user.click(screen.getByRole('button', { name: 'Support' }));
    screen.getByText('No conversations under “Support”');
    expect(screen.queryByText(/fewer/)).toBeNull();
  });

  it.each([
    [401, 'unauthorized', 'You are signed out', true],
    [403, 'forbidden', 'You may not see this', false],
    [404, 'not_found', 'This is not there any more', false],
    [429, 'rate_limited', 'That was too much at once', true],
    [500, 'internal', 'The server could not answer', true],
  ])(
    'says of a %i what is true, and offers another try only where it may help',
    (status, code, words, mayRetry) => {
      const problem = errorFromStatus(status, '754', { code, message: 'No', requestId: 'r-17' });
      show({ me: buyer, listStatus: 'error', problem }, list);
      screen.getByText(words);
      expect(screen.queryByRole('button', { name: 'Try again' }) !== null).toBe(mayRetry);
      if (status === 429) screen.getByText(/wait for 13 minutes/);
      if (status === 500) screen.getByText(/r-17/);
    },
  );

  it('says when there is no network, and when only the server is away', () => {
    const problem = new HaggleError('network', 'The server could not be reached');
    const { unmount } = show({ me: buyer, listStatus: 'error', problem, connection: 'offline' }, list);
    screen.getByText('Not available offline');
    unmount();
    show({ me: buyer, listStatus: 'error', problem, connection: 'reconnecting' }, list);
    screen.getByText('The server cannot be reached');
  });

  it('moves between the rows by the arrow keys', async () => {
    const { user } = show({ me: buyer, conversations: [trade, office] }, list);
    screen.getByRole('button', { name: /Anatolia Textiles/ }).focus();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Noor Haddad');
    await user.keyboard('{Home}');
    expect(document.activeElement?.textContent).toContain('Anatolia Textiles');
  });

  it('is one stop of the Tab key, where one was', async () => {
    const { user } = show({ me: buyer, conversations: [trade, office] }, list);
    const stops = () =>
      screen.getAllByRole('button').filter((each) => each.dataset['conversation'] && each.tabIndex === 0);
    expect(stops()).toHaveLength(1);
    stops()[0]?.focus();
    await user.keyboard('{End}');
    expect(stops().map((each) => each.dataset['conversation'])).toEqual(['c2']);
    await user.keyboard('{Tab}');
    expect(document.activeElement?.closest('[data-conversation]') ?? null).toBeNull();
  });

  it('is one stop of the Tab key also where there is more, to which the arrow keys lead', async () => {
    const { user } = show({ me: buyer, conversations: [trade, office], hasMore: true }, list);
    screen.getByRole('button', { name: /Anatolia Textiles/ }).focus();
    await user.keyboard('{Tab}');
    expect(document.activeElement?.closest('ul') ?? null).toBeNull();
    screen.getByRole('button', { name: /Anatolia Textiles/ }).focus();
    await user.keyboard('{End}');
    expect(document.activeElement?.textContent).toBe('Load more');
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement?.textContent).toContain('Noor Haddad');
  });

  it('keeps a search that is too long, and says how long one may be', async () => {
    const { user } = show({ me: buyer, conversations: [trade, office] }, list);
    const field = screen.getByRole('textbox', { name: /Search/ });
    await user.click(field);
    await user.paste('x'.repeat(101));
    await screen.findByText('Search for at most 100 characters');
    expect(field).toHaveProperty('value', 'x'.repeat(101));
    await user.click(screen.getByRole('button', { name: 'Show all conversations' }));
    await screen.findByRole('button', { name: /Anatolia Textiles/ });
  });

  it('shows the company of a person who is not called by it', () => {
    show(
      { me: admin, conversations: [office] },
      <Appearance companyOf={(id) => (id === mara.id ? 'Lindqvist Import AB' : null)}>{list}</Appearance>,
    );
    screen.getByText('Lindqvist Import AB');
  });

  it('shows what became of the last offer, and finds the open ones', async () => {
    const offer = { id: 'o1', role: 'supplier', state: 'open' } as const;
    const limits = { ...defaultServerLimits, offers: true };
    const { user } = show({ me: buyer, limits, conversations: [{ ...trade, offer }, office] }, list);
    within(screen.getByRole('button', { name: /Anatolia Textiles/ })).getByText('Offer open');
    await user.click(screen.getByRole('button', { name: 'Open offers' }));
    expect(screen.queryByRole('button', { name: /Noor Haddad/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Accepted offers' }));
    screen.getByText('No offer was accepted yet');
  });

  it('has no filter for offers where they are off', () => {
    show({ me: buyer, conversations: [trade] }, list);
    expect(screen.queryByRole('button', { name: 'Open offers' })).toBeNull();
  });

  it("says when the newest message is the reader's own", () => {
    show({ me: buyer, conversations: [trade], messages: { c1: [message(1), own(2)] } }, list);
    screen.getByText('You:');
  });

  it('puts a draft in the place of the preview', () => {
    show({ me: buyer, conversations: [trade], drafts: { c1: 'Could you' } }, list);
    screen.getByText('Draft:');
    screen.getByText('Could you');
  });

  it.each([
    ['loading', { listStatus: 'pending' as const }, 'Loading'],
    ['failed', { listStatus: 'error' as const }, 'The server could not answer'],
    ['empty for a buyer', { me: buyer }, /Open a product/],
    ['empty for an administrator', { me: admin }, /What buyers and suppliers talk about/],
  ])('has words for %s', (_state, scene, words) => {
    show(scene, list);
    screen.getByText(words);
  });
});
