import { screen } from '@testing-library/react';
import { it, vi } from 'vitest';
import { buyer, conversation } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { UnreadBadge } from './UnreadBadge.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));

it('without a count it counts what is unread in all conversations', () => {
  const conversations = [conversation({ unreadCount: 2 }), conversation({ id: 'c2', unreadCount: 3 })];
  show({ me: buyer, conversations }, <UnreadBadge />);
  screen.getByText('5 unread messages');
});
