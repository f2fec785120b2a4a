import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { ChatPage } from '../ChatPage/ChatPage.tsx';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation, message } from '../testing/fixtures.ts';
import { setScene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(() => {
  stubBrowser();
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});

const whole = { me: buyer, conversations: [conversation()], messages: { c1: [message(1)] } };
/** What no component is made for, as a new server or a bug might give it. */
const nonsense = { text: null as unknown as string, files: null as unknown as never[] };

it('a thread that breaks leaves list and composer alone, and can be started again', async () => {
  const { user } = show(
    { ...whole, messages: { c1: [message(1, nonsense)] } },
    <ChatPage conversationId="c1" />,
  );
  screen.getByText('This part stopped working');
  screen.getByRole('button', { name: /Anatolia Textiles/ });
  await user.type(screen.getByRole('textbox', { name: /Message to/ }), 'Still here');
  setScene({ messages: { c1: [message(1)] } });
  await user.click(screen.getByRole('button', { name: 'Start it again' }));
  screen.getByRole('log');
  expect(screen.queryByText('This part stopped working')).toBeNull();
});

it('a list that breaks leaves the thread alone', () => {
  const broken = conversation({ id: 'c2', participants: null as never });
  show(whole, <ChatPage conversationId="c1" renderList={() => <Breaks of={broken} />} />);
  screen.getByText('This part stopped working');
  screen.getByRole('log');
});

it('what broke belongs to one conversation only', async () => {
  const scene = {
    ...whole,
    conversations: [conversation(), conversation({ id: 'c2' })],
    messages: { c1: [message(1, nonsense)], c2: [message(2)] },
  };
  const { rerender } = show(scene, <ChatPage conversationId="c1" />);
  screen.getByText('This part stopped working');
  rerender(<ChatPage conversationId="c2" />);
  expect(screen.queryByText('This part stopped working')).toBeNull();
});

function Breaks({ of }: { of: ReturnType<typeof conversation> }) {
  return <p>{of.participants.buyer.name}</p>;
}
