import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { buyer } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

it('tells who was signed in that the session has ended', () => {
  show({ me: buyer, connection: 'signed-out' }, <ConnectionBanner />);
  screen.getByText('Your session has ended. Sign in again to continue.');
});

it('tells a visitor who never was to sign in, of no session', () => {
  show({ me: null, connection: 'signed-out' }, <ConnectionBanner />);
  screen.getByText('You are not signed in. Sign in to read and write messages.');
  expect(screen.queryByText(/session/)).toBeNull();
});
