import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { PresenceLine } from '../ConversationHeader/PresenceLine.tsx';
import { othersIn } from '../people.ts';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import ConversationDetails from './ConversationDetails.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

it.each([null, new Date(Date.now() - 4 * 60_000).toISOString()])(
  'header and details say the same of who is away, last seen %s',
  (lastSeen) => {
    const about = conversation();
    show(
      { me: buyer, conversations: [about], lastSeen },
      <>
        <PresenceLine others={othersIn(about, buyer)} />
        <ConversationDetails conversation={about} onClose={() => undefined} />
      </>,
    );
    expect(screen.getAllByText(lastSeen === null ? 'Offline' : 'Last seen 4 minutes ago')).toHaveLength(2);
  },
);

it('the subject that an earlier chat had is among the facts', () => {
  const about = conversation({ subject: 'Order 7' });
  show(
    { me: buyer, conversations: [about] },
    <ConversationDetails conversation={about} onClose={() => undefined} />,
  );
  expect(screen.getByText('Subject').nextSibling?.textContent).toBe('Order 7');
});
