import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { ChatPage } from '../ChatPage/ChatPage.tsx';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation, message } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { Boundary } from './Boundary.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(() => {
  stubBrowser();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

const whole = { me: buyer, conversations: [conversation()], messages: { c1: [message(1)] } };
/** What no component is made for, as a new server or a bug might give it. */
const nonsense = { text: null as unknown as string, files: null as unknown as never[] };

it('one damaged message is a line among the others', async () => {
  const messages = { c1: [message(1), message(2, nonsense), message(3, { text: 'After it' })] };
  const { user } = show({ ...whole, messages }, <ChatPage conversationId="c1" />);
  const log = screen.getByRole('log');
  expect(log.textContent).toContain('This could not be shown.');
  expect(log.textContent).toContain('After it');
  expect(screen.queryByText('This part stopped working')).toBeNull();
  await user.type(screen.getByRole('textbox', { name: /Message to/ }), 'Still here');
});

it('one damaged conversation is a line among the others', () => {
  const broken = conversation({ id: 'c2', lastMessageAt: 'yesterday' });
  show({ ...whole, conversations: [conversation(), broken] }, <ChatPage />);
  screen.getByRole('button', { name: /Anatolia Textiles/ });
  screen.getByText('This could not be shown.');
});

it('a list that breaks leaves the thread alone', () => {
  const broken = conversation({ id: 'c2', participants: null as never });
  show(whole, <ChatPage conversationId="c1" renderList={() => <Breaks of={broken} />} />);
  screen.getByText('This part stopped working');
  screen.getByRole('log');
});

it('what broke can be started again, and belongs to one conversation only', async () => {
  const piece = (id: string) => (
    <Boundary of={id}>
      <Breaks of={conversation({ participants: id === 'c1' ? (null as never) : participants })} />
    </Boundary>
  );
  const { participants } = conversation();
  const { rerender } = show(whole, piece('c1'));
  screen.getByText('This part stopped working');
  rerender(piece('c2'));
  expect(screen.queryByText('This part stopped working')).toBeNull();
});

function Breaks({ of }: { of: ReturnType<typeof conversation> }) {
  return <p>{of.participants.buyer.name}</p>;
}
