import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { type FiledReport, HaggleError } from '../../client/index.ts';
import { stubBrowser } from '../testing/browser.ts';
import { admin, conversation } from '../testing/fixtures.ts';
import { getScene, type Scene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { ReportsPage } from './ReportsPage.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const report: FiledReport = {
  id: 'r1',
  conversationId: 'c1',
  messageId: 'm2',
  reporterId: 'u-mara',
  reason: 'fraud',
  text: 'They are somebody else.',
  state: 'open',
  createdAt: '2026-03-02T10:00:00.000Z',
  answer: null,
  answeredAt: null,
  answeredBy: null,
};
const scene: Partial<Scene> = { me: admin, conversations: [conversation()], filed: [report] };

it('shows what was reported, by whom and where, and leads to the message', async () => {
  const onOpen = vi.fn();
  const { user } = show(scene, <ReportsPage onOpen={onOpen} />);
  screen.getByRole('heading', { name: 'Fraud or a false identity' });
  screen.getByText('They are somebody else.');
  screen.getByText('Reported by Mara Lindqvist');
  await user.click(screen.getByRole('button', { name: 'Show it in the conversation' }));
  expect(onOpen).toHaveBeenCalledWith('c1');
  expect(getScene().targets['c1']).toEqual({ messageId: 'm2' });
});

it('is answered with words', async () => {
  const { user } = show(scene, <ReportsPage />);
  await user.click(screen.getByRole('button', { name: 'Answer…' }));
  const dialog = within(screen.getByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Answer' }));
  dialog.getByText('Fill this in.');
  await user.type(dialog.getByRole('textbox'), 'The account is closed.');
  await user.click(dialog.getByRole('button', { name: 'Answer' }));
  await screen.findByText('Nothing waits for an answer');
  await user.click(screen.getByRole('button', { name: 'Answered' }));
  screen.getByText('The account is closed.');
  screen.getByText(/^Answered by you/);
});

it('is dismissed, and that can be taken back', async () => {
  const { user } = show(scene, <ReportsPage />);
  await user.click(screen.getByRole('button', { name: 'Dismiss the report' }));
  await screen.findByText('Nothing waits for an answer');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await screen.findByText('They are somebody else.');
});

it('keeps an answer that was not taken', async () => {
  const refusal = new HaggleError('network', 'The server could not be reached');
  const { user } = show({ ...scene, refusal }, <ReportsPage />);
  await user.click(screen.getByRole('button', { name: 'Answer…' }));
  const dialog = within(screen.getByRole('dialog'));
  await user.type(dialog.getByRole('textbox'), 'Words');
  await user.click(dialog.getByRole('button', { name: 'Answer' }));
  await waitFor(() => dialog.getByRole('alert'));
  expect(dialog.getByRole('textbox')).toHaveProperty('value', 'Words');
});
