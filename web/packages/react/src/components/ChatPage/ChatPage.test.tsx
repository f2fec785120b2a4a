import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation, message } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { ChatPage } from './ChatPage.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const scene = { me: buyer, conversations: [conversation()], messages: { c1: [message(1)] } };

describe('the chat page', () => {
  it('opens the chosen conversation and puts the cursor into its field', async () => {
    const { user } = show(scene, <ChatPage />);
    screen.getByText('Choose a conversation');
    await user.click(screen.getByRole('button', { name: /Anatolia Textiles/ }));
    expect(document.activeElement).toBe(
      screen.getByRole('textbox', { name: 'Message to Anatolia Textiles' }),
    );
  });

  it('goes back to the list, onto the conversation one comes from', async () => {
    const { user } = show(scene, <ChatPage />);
    await user.click(screen.getByRole('button', { name: /Anatolia Textiles/ }));
    await user.click(screen.getByRole('button', { name: 'Back to conversations' }));
    expect(document.activeElement?.getAttribute('data-conversation')).toBe('c1');
  });

  it('tells the page which conversation it wants when the page decides', async () => {
    const onChange = vi.fn();
    const { user } = show(scene, <ChatPage conversationId={null} onConversationChange={onChange} />);
    await user.click(screen.getByRole('button', { name: /Anatolia Textiles/ }));
    expect(onChange).toHaveBeenCalledWith('c1');
    screen.getByText('Choose a conversation');
  });

  it('loads the details when they are opened, and gives the focus back', async () => {
    const { user } = show(scene, <ChatPage conversationId="c1" />);
    await user.click(screen.getByRole('button', { name: 'Details' }));
    await screen.findByRole('heading', { name: 'People' });
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Details' }));
  });

  it('says in a banner that the browser is offline', () => {
    show({ ...scene, connection: 'offline' }, <ChatPage conversationId="c1" />);
    screen.getByText(/You are offline/);
  });
});
