import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ThreadMessage } from '../../hooks/index.ts';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation, message, noor, own } from '../testing/fixtures.ts';
import { getScene, type Scene, setScene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { MessageThread } from './MessageThread.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const thread = (messages: ThreadMessage[], scene: Partial<Scene> = {}) =>
  show(
    { me: buyer, conversations: [conversation()], messages: { c1: messages }, ...scene },
    <MessageThread conversationId="c1" />,
  );
const log = () => screen.getByRole('log', { name: 'Messages with Anatolia Textiles' });

describe('the thread', () => {
  it('names sender and role once a run', () => {
    thread([message(1), message(2)]);
    expect(within(log()).getAllByText('Supplier')).toHaveLength(1);
  });

  it('tells how far an own message has come', () => {
    thread([
      own(1, { status: 'read' }),
      own(2, { status: 'delivered' }),
      own(3, { status: 'queued', id: null, seq: null }),
    ]);
    for (const words of ['Read', 'Delivered', 'Waiting to be sent']) within(log()).getByText(words);
  });

  it('keeps a failed message with its reason, to retry or discard', async () => {
    const problem = { code: 'refused', message: 'The attachment is gone.', retryAt: null };
    const { user } = thread([own(1, { key: 'k', id: null, seq: null, status: 'failed', problem })]);
    screen.getByText('Not sent: The attachment is gone.');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(getScene().messages['c1']?.[0]?.status).toBe('sending');
  });

  it('forgets a failed message that is discarded', async () => {
    const { user } = thread([message(1), own(2, { id: null, seq: null, status: 'failed' })]);
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(getScene().messages['c1']).toHaveLength(1);
  });

  it('draws a line above what is unread', () => {
    thread([own(1), message(2)], { firstUnread: { seq: 2, count: 1 } });
    within(log()).getByText('New messages');
  });

  it('reads each new message of somebody else to a screen reader, once', () => {
    thread([message(1), message(2)]);
    const spoken = () => document.querySelector('[aria-live=polite]')?.textContent;
    expect(spoken()).toBe('');
    act(() => setScene({ messages: { c1: [message(1), message(2), message(3), own(4)] } }));
    expect(spoken()).toBe('Anatolia Textiles: text 3');
    act(() => setScene({ messages: { c1: [message(0), message(1), message(2), message(3), own(4)] } }));
    expect(spoken()).toBe('Anatolia Textiles: text 3');
  });

  it('reads out that a message failed, but not again when it is scrolled into sight', () => {
    thread([message(1), own(2, { id: null, seq: null, status: 'sending' })]);
    const spoken = () => document.querySelector('[aria-live=polite]')?.textContent;
    act(() =>
      setScene({ messages: { c1: [message(1), own(2, { id: null, seq: null, status: 'failed' })] } }),
    );
    expect(spoken()).toBe('Not sent: text 2');
    expect(within(log()).queryByRole('alert')).toBeNull();
  });

  it('says when an administrator joins and leaves', () => {
    thread([message(1)]);
    const { participants } = conversation();
    act(() =>
      setScene({ conversations: [conversation({ participants: { ...participants, admin: noor } })] }),
    );
    within(log()).getByText('Noor Haddad joined the conversation');
    act(() => setScene({ conversations: [conversation()] }));
    within(log()).getByText('Noor Haddad left the conversation');
  });

  it('says who is typing', () => {
    thread([message(1)], { typing: [{ userId: 'u-mill', name: 'Anatolia Textiles' }] });
    screen.getByText('Anatolia Textiles is typing');
  });

  it.each([
    ['loading', { threadStatus: 'pending' as const }, 'Loading'],
    ['failed', { threadStatus: 'error' as const }, 'The server could not answer'],
    ['new', {}, 'Say hello'],
  ])('has words for %s', (_state, scene, words) => {
    thread([], scene);
    screen.getByText(words);
  });
});
