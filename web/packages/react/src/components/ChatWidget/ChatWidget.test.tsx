import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation, message } from '../testing/fixtures.ts';
import { getScene, setScene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { ChatWidget } from './ChatWidget.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const tote = { id: 'p', name: 'Cotton tote', supplierId: 's1', supplierName: 'Anatolia Textiles' };
const scene = {
  me: buyer,
  conversations: [conversation({ unreadCount: 2 })],
  messages: { c1: [message(1)] },
};
const hidden = { hidden: true };

describe('the widget', () => {
  it('says on its button how much is unread', () => {
    show(scene, <ChatWidget />);
    screen.getByRole('button', { name: /Open chat.*2 unread messages/ });
  });

  it('opens on the list, and Escape gives the focus back to the button', async () => {
    const { user } = show(scene, <ChatWidget />);
    await user.click(screen.getByRole('button', { name: /Open chat/ }));
    screen.getByRole('dialog', hidden);
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /Open chat/ }));
  });

  it('closes by Escape in its list, also for those who came back from a conversation', async () => {
    const { user } = show(scene, <ChatWidget />);
    await user.click(screen.getByRole('button', { name: /Open chat/ }));
    await user.click(screen.getByRole('button', { name: /Anatolia Textiles/, ...hidden }));
    await user.click(screen.getByRole('button', { name: 'Back to conversations', ...hidden }));
    await screen.findByRole('textbox', { name: /Search/, ...hidden });
    await waitFor(() => expect(document.activeElement).not.toBe(document.body));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog', hidden)).toBeNull();
  });

  it('stays open when Escape empties its search, and closes by the next one', async () => {
    const { user } = show(scene, <ChatWidget />);
    await user.click(screen.getByRole('button', { name: /Open chat/ }));
    await user.type(screen.getByRole('textbox', { name: /Search/, ...hidden }), 'tote{Escape}');
    expect(screen.getByRole('textbox', { name: /Search/, ...hidden })).toHaveProperty('value', '');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog', hidden)).toBeNull();
  });

  it('has one button that closes it', () => {
    show(scene, <ChatWidget open />);
    expect(screen.getAllByRole('button', { name: /Close chat/, ...hidden })).toHaveLength(1);
  });

  it('opens the conversation that there is about the product', async () => {
    const about = conversation({ product: { id: 'p', name: 'Cotton tote', image: '' } });
    show({ ...scene, conversations: [about] }, <ChatWidget open product={tote} />);
    // It is loaded when it is first shown.
    await screen.findByRole('textbox', { name: 'Message to Anatolia Textiles', ...hidden });
  });

  it('can be closed while it looks for the conversation about the product', async () => {
    const onOpenChange = vi.fn();
    const pending = { ...scene, listStatus: 'pending' } as const;
    const { user } = show(pending, <ChatWidget onOpenChange={onOpenChange} open product={tote} />);
    screen.getByRole('heading', { name: 'Anatolia Textiles', ...hidden });
    await user.click(screen.getByRole('button', { name: 'Close chat', ...hidden }));
    expect(onOpenChange).toHaveBeenCalledWith(false);
  });

  it.each(['pending', 'error'] as const)('can be closed while its conversation is %s', async (status) => {
    const onOpenChange = vi.fn();
    const { user } = show(scene, <ChatWidget onOpenChange={onOpenChange} open />);
    await user.click(screen.getByRole('button', { name: /Anatolia Textiles/, ...hidden }));
    act(() => setScene({ conversations: [], listStatus: status }));
    screen.getByRole('button', { name: 'Back to conversations', ...hidden });
    await user.click(screen.getByRole('button', { name: 'Close chat', ...hidden }));
    expect(onOpenChange).toHaveBeenCalledWith(false);
  });

  it('creates the conversation with the first message, not with looking', async () => {
    const { user } = show(scene, <ChatWidget open product={tote} />);
    expect(getScene().conversations).toHaveLength(1);
    await user.type(screen.getByRole('textbox', hidden), 'What is your price?{Enter}');
    await waitFor(() => expect(getScene().messages['opened']?.[0]?.text).toBe('What is your price?'));
    await screen.findByText('What is your price?');
  });

  it('asks the marketplace itself about a product that has no supplier', async () => {
    const { user } = show(scene, <ChatWidget open product={{ id: 'p', name: 'Cotton tote' }} />);
    await user.type(
      screen.getByRole('textbox', { name: 'Message to Support', ...hidden }),
      'In stock?{Enter}',
    );
    await waitFor(() => expect(getScene().messages['opened']?.[0]?.text).toBe('In stock?'));
    expect(getScene().conversations.map(({ type, product }) => [type, product?.id])).toContainEqual([
      'support',
      'p',
    ]);
  });

  it('opens the support conversation that there is about a product without a supplier', () => {
    const about = conversation({ type: 'support', product: { id: 'p', name: 'Cotton tote', image: '' } });
    show(
      { ...scene, conversations: [about] },
      <ChatWidget open product={{ id: 'p', name: 'Cotton tote', supplierId: null }} />,
    );
    expect(screen.queryByText('opened')).toBeNull();
    screen.getByText(message(1).text);
  });

  it('keeps the focus inside when its views change, on the conversation that one comes from', async () => {
    const { user } = show(scene, <ChatWidget open />);
    const row = () => screen.getByRole('button', { name: /Anatolia Textiles/, ...hidden });
    await user.click(row());
    const back = screen.getByRole('button', { name: 'Back to conversations', ...hidden });
    expect(screen.getByRole('dialog', hidden).contains(document.activeElement)).toBe(true);
    await user.click(back);
    expect(document.activeElement).toBe(row());
  });

  it('takes what is written offline about a product, and shows that it waits', async () => {
    const { user } = show({ ...scene, connection: 'offline' }, <ChatWidget open product={tote} />);
    await user.type(screen.getByRole('textbox', hidden), 'What is your price?{Enter}');
    const waiting = await screen.findByRole('log', hidden);
    expect(waiting.textContent).toContain('What is your price?');
    expect(screen.getByRole('textbox', hidden)).toHaveProperty('value', '');
    expect(getScene().conversations).toHaveLength(1);
  });

  it('does not call a conversation new when nobody could say whether there is one', () => {
    show({ ...scene, listStatus: 'error' }, <ChatWidget open product={tote} />);
    expect(screen.queryByText(/This is the start of your conversation/)).toBeNull();
    screen.getByText(/Earlier messages could not be looked for/);
    screen.getByRole('button', { name: 'Try again', ...hidden });
  });

  it('sends the first message also when nobody could say whether there is a conversation', async () => {
    const { user } = show({ ...scene, listStatus: 'error' }, <ChatWidget open product={tote} />);
    await user.type(screen.getByRole('textbox', hidden), 'What is your price?{Enter}');
    await waitFor(() => expect(getScene().messages['opened']?.[0]?.text).toBe('What is your price?'));
  });

  it('keeps the text when the conversation cannot be opened', async () => {
    const { user } = show({ ...scene, openFails: true }, <ChatWidget open product={tote} />);
    await user.type(screen.getByRole('textbox', hidden), 'What is your price?{Enter}');
    await screen.findByText('The conversation could not be opened.');
    expect(screen.getByRole('textbox', hidden)).toHaveProperty('value', 'What is your price?');
  });
});
