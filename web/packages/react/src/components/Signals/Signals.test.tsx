import { act } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation } from '../testing/fixtures.ts';
import { setScene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { Signals } from './Signals.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

it('puts the count before the title of the page, whoever sets it, and takes it away again', async () => {
  document.title = 'Market';
  show({ me: buyer, conversations: [conversation({ unreadCount: 3 })] }, <Signals />);
  expect(document.title).toBe('(3) Market');
  document.title = 'Cotton tote';
  await vi.waitFor(() => expect(document.title).toBe('(3) Cotton tote'));
  act(() => setScene({ conversations: [conversation()] }));
  expect(document.title).toBe('Cotton tote');
});
