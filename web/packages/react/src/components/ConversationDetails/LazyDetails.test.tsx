import { act, screen } from '@testing-library/react';
import { beforeEach, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation } from '../testing/fixtures.ts';
import { setScene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { LazyDetails } from './LazyDetails.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
const file = vi.hoisted(() => ({ isAway: true }));
vi.mock('./ConversationDetails.tsx', () => ({
  get default() {
    if (file.isAway) throw new Error('Failed to fetch dynamically imported module');
    return () => <p>The details</p>;
  },
}));
beforeEach(() => {
  stubBrowser();
  file.isAway = true;
});

const details = () => <LazyDetails conversation={conversation()} onClose={() => undefined} />;

it('details that were opened offline come by themselves when there is a connection again', async () => {
  show({ me: buyer, connection: 'offline' }, details());
  await screen.findByText('Not available offline');
  file.isAway = false;
  act(() => setScene({ connection: 'online' }));
  await screen.findByText('The details');
});

it('a file that is missing with a connection is not blamed on the connection', async () => {
  const { user } = show({ me: buyer, connection: 'online' }, details());
  await screen.findByText('This part could not be loaded');
  file.isAway = false;
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('The details');
});
