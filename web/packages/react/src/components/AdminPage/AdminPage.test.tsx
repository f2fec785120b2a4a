import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { admin, conversation, mara, message } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { AdminPage } from './AdminPage.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const waiting = conversation({
  id: 'c2',
  type: 'support',
  participants: { buyer: mara },
  lastMessage: 'Charged twice',
});
const scene = { me: admin, conversations: [conversation(), waiting], messages: { c1: [message(1)] } };

describe("the administrator's page", () => {
  it('names both parties of a conversation', () => {
    show(scene, <AdminPage />);
    screen.getByRole('button', { name: /Mara Lindqvist\s*·\s*Anatolia Textiles/ });
  });

  it('shows the support requests that nobody has taken', async () => {
    const { user } = show(scene, <AdminPage />);
    await user.click(screen.getByRole('button', { name: 'Waiting 1' }));
    screen.getByText('Charged twice');
    expect(screen.queryByText('We can hold 2.40 EUR.')).toBeNull();
  });

  it('says so when nobody waits', async () => {
    const { user } = show({ ...scene, conversations: [conversation()] }, <AdminPage />);
    await user.click(screen.getByRole('button', { name: 'Waiting' }));
    screen.getByText('Nobody is waiting');
  });

  it('lets an administrator read along, join and leave', async () => {
    const { user } = show(scene, <AdminPage conversationId="c1" />);
    screen.getByText(/You are reading along/);
    await user.click(screen.getByRole('button', { name: 'Join' }));
    screen.getByRole('textbox', { name: /Message to/ });
    await user.click(screen.getByRole('button', { name: 'Leave' }));
    screen.getByText(/You are reading along/);
  });

  it('says who is online', () => {
    show(scene, <AdminPage />);
    within(screen.getByRole('group', { name: '' })).getByText('Mara Lindqvist');
  });
});
