import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
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

  it('opens at the message that the address names, and takes both out of the address', async () => {
    history.replaceState(null, '', '/messages?tab=2&conversation=c1&message=m1#end');
    onTestFinished(() => history.replaceState(null, '', '/'));
    show(scene, <ChatPage />);
    await waitFor(() => expect(document.querySelector('[data-target]')?.textContent).toContain('text 1'));
    expect(location.pathname + location.search + location.hash).toBe('/messages?tab=2#end');
  });

  it('leaves the conversation in the address of a page that reads it from there', async () => {
    history.replaceState(null, '', '/messages?conversation=c1&message=m1');
    onTestFinished(() => history.replaceState(null, '', '/'));
    show(scene, <ChatPage conversationId="c1" />);
    await waitFor(() => expect(document.querySelector('[data-target]')?.textContent).toContain('text 1'));
    expect(location.search).toBe('?conversation=c1');
  });

  it('goes back to the list, onto the conversation one comes from', async () => {
    const { user } = show(scene, <ChatPage />);
    await user.click(screen.getByRole('button', { name: /Anatolia Textiles/ }));
    await user.click(screen.getByRole('button', { name: 'Back to conversations' }));
    expect(document.activeElement?.getAttribute('data-conversation')).toBe('c1');
  });

  it('is back on the conversation one comes from, also by the history of a page that decides', async () => {
    const { user, rerender } = show(scene, <ChatPage conversationId="c1" />);
    await user.click(screen.getByRole('textbox', { name: 'Message to Anatolia Textiles' }));
    rerender(<ChatPage conversationId={null} />);
    expect(document.activeElement?.getAttribute('data-conversation')).toBe('c1');
  });

  it('has the focus in the conversation where the list makes room for it and nothing takes it', async () => {
    vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener() {}, removeEventListener() {} }));
    const { user } = show(scene, <ChatPage />);
    // As where one pane is shown at a time: what was pressed is not in sight any more.
    HTMLElement.prototype.checkVisibility = () => false;
    onTestFinished(() => void Reflect.deleteProperty(HTMLElement.prototype, 'checkVisibility'));
    await user.click(screen.getByRole('button', { name: /Anatolia Textiles/ }));
    expect(document.activeElement?.querySelector('textarea')).not.toBeNull();
    expect(document.activeElement?.querySelector('[data-conversation]')).toBeNull();
    expect(document.activeElement).not.toBe(document.body);
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
