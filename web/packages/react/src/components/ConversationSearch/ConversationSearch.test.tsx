import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { ConversationPane } from '../ConversationPane/ConversationPane.tsx';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation, message } from '../testing/fixtures.ts';
import type { Scene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const thread = [1, 2, 3, 4].map((seq) => message(seq, { text: seq % 2 ? `zinc ${seq}` : 'other' }));
const found = thread
  .toReversed()
  .map((each) => ({ conversationId: 'c1', message: { ...each, message: each.text }, snippet: [] }));
const scene: Partial<Scene> = {
  me: buyer,
  conversations: [conversation()],
  messages: { c1: thread },
  found: found as unknown as Scene['found'],
};

const open = async () => {
  const shown = show(scene, <ConversationPane conversationId="c1" />);
  await shown.user.click(screen.getByRole('button', { name: 'Conversation actions' }));
  await shown.user.click(
    await screen.findByRole('menuitem', { name: 'Search in this conversation', hidden: true }),
  );
  return { ...shown, field: await screen.findByRole('searchbox') };
};

/** The message to which somebody was led. */
const led = () => document.querySelector('[data-target]')?.getAttribute('data-message');

it('goes from the newest message with the words to the older ones, and back', async () => {
  const { user, field } = await open();
  await user.type(field, 'zinc');
  await screen.findByText('1 of 2');
  await waitFor(() => expect(led()).toBe('m3'));
  await user.keyboard('{Enter}');
  screen.getByText('2 of 2');
  await waitFor(() => expect(led()).toBe('m1'));
  expect(screen.getByRole('button', { name: 'Next result, older' })).toHaveProperty('disabled', true);
  await user.keyboard('{Shift>}{Enter}{/Shift}');
  screen.getByText('1 of 2');
  await user.clear(field);
  await user.type(field, 'nowhere');
  await screen.findByText(/Nothing found|nowhere/);
});

it('is closed by Escape, and the focus is where it was opened', async () => {
  const { user } = await open();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('search')).toBeNull());
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Conversation actions' }));
});
