import { screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from '../../client/index.ts';
import ConversationDetails from '../ConversationDetails/ConversationDetails.tsx';
import { admin, buyer, conversation, mara, noor } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));

const entry = (id: string, given: Partial<AuditEntry>): AuditEntry => ({
  id,
  at: '2026-03-02T10:00:00.000Z',
  actorId: mara.id,
  action: 'sent',
  conversationId: 'c1',
  ip: '192.0.2.7',
  userAgent: 'A browser',
  detail: {},
  ...given,
});

const audit = [
  entry('a4', { actorId: noor.id, action: 'viewed' }),
  entry('a3', { actorId: 'u-stranger', action: 'refused', ip: null }),
  entry('a2', { actorId: null, action: 'downloaded' }),
  entry('a1', {}),
  entry('b1', { conversationId: 'c2', action: 'joined' }),
];
const details = <ConversationDetails conversation={conversation()} onClose={() => undefined} />;

describe('the activity of a conversation', () => {
  it('says who did what and from where, newest first', () => {
    show({ me: admin, audit }, details);
    const rows = within(screen.getByRole('list', { name: 'Activity' })).getAllByRole('listitem');
    const texts = rows.map((row) => row.textContent);
    expect(texts).toHaveLength(4);
    expect(texts[0]).toMatch(/You · Looked at it without joining.*192\.0\.2\.7$/);
    expect(texts[1]).toMatch(/u-stranger · Was refused/);
    expect(texts[2]).toMatch(/Somebody with a link · Downloaded a file/);
    expect(texts[3]).toMatch(/Mara Lindqvist · Sent a message/);
  });

  it('takes nobody for a stranger: an offer ends by itself', () => {
    show({ me: admin, audit: [entry('a5', { actorId: null, action: 'negotiated' })] }, details);
    const list = screen.getByRole('list', { name: 'Activity' });
    expect(list.textContent).toMatch(/The server · Negotiated an offer/);
  });

  it('says once what was done several times at the same time', () => {
    const looks = ['a9', 'a8', 'a7'].map((id) => entry(id, { actorId: noor.id, action: 'viewed' }));
    const earlier = entry('a6', { actorId: noor.id, action: 'viewed', at: '2026-03-02T09:59:00.000Z' });
    show({ me: admin, audit: [...looks, earlier] }, details);
    const rows = within(screen.getByRole('list', { name: 'Activity' })).getAllByRole('listitem');
    expect(rows.map((row) => /\(.* times\)/.exec(row.textContent)?.[0])).toEqual(['(3 times)', undefined]);
  });

  it('is looked up again when something happens in the conversation', async () => {
    const { rerender } = show({ me: admin, audit, auditStatus: 'error' }, details);
    rerender(<ConversationDetails conversation={conversation({ rev: 2 })} onClose={() => undefined} />);
    await screen.findByText(/u-stranger/);
  });

  it('is for administrators', () => {
    show({ me: buyer, audit }, details);
    expect(screen.queryByText('Activity')).toBeNull();
  });

  it('says so when there is nothing', () => {
    show({ me: admin }, details);
    screen.getByText('Nothing has been recorded yet.');
  });

  it('says so when it cannot be loaded, and tries again', async () => {
    const { user } = show({ me: admin, audit, auditStatus: 'error' }, details);
    screen.getByText('The server could not answer');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    screen.getByText(/u-stranger/);
  });

  it('is seen to be on its way', () => {
    show({ me: admin, audit, auditStatus: 'pending' }, details);
    expect(screen.queryByRole('list', { name: 'Activity' })).toBeNull();
  });
});
