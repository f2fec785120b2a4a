import { screen } from '@testing-library/react';
import { beforeEach, it, vi } from 'vitest';
import { defaultServerLimits } from '../../client/index.ts';
import { ToldPlace } from '../Told/ToldPlace.tsx';
import { stubBrowser } from '../testing/browser.ts';
import { conversation } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { Composer } from './Composer.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
const network = vi.hoisted(() => ({ isAway: true }));
vi.mock('../Offer/OfferForm.tsx', (original) => {
  if (network.isAway) throw new Error('The file could not be loaded');
  return original();
});
beforeEach(stubBrowser);

it('a form whose file could not be loaded is tried again with the next press', async () => {
  const { user } = show(
    {
      me: { id: 'u-mill', role: 'supplier' },
      limits: { ...defaultServerLimits, offers: true },
      conversations: [conversation()],
    },
    <>
      <Composer conversationId="c1" />
      <ToldPlace />
    </>,
  );
  await user.click(screen.getByRole('button', { name: 'Make an offer' }));
  await screen.findByText(/This part could not be loaded/);
  network.isAway = false;
  await user.click(screen.getByRole('button', { name: 'Back to the form you began' }));
  await screen.findByRole('form', { name: /Make an offer/ });
});
