import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HaggleError } from '../../client/index.ts';
import { ChatPage } from '../ChatPage/ChatPage.tsx';
import { told } from '../Told/told.ts';
import { stubBrowser } from '../testing/browser.ts';
import { admin, buyer, conversation, message } from '../testing/fixtures.ts';
import { getScene, type Scene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(() => {
  stubBrowser();
  // jsdom shows no popover, and would take it for hidden.
  HTMLElement.prototype.showPopover = function showPopover() {
    this.removeAttribute('popover');
  };
  told.set(null);
});

const page = (scene: Partial<Scene> = {}) =>
  show(
    { me: buyer, conversations: [conversation()], messages: { c1: [message(1)] }, ...scene },
    <ChatPage />,
  );
type Shown = ReturnType<typeof page>;
const row = () => document.querySelector<HTMLElement>('[data-conversation="c1"]') as HTMLElement;
const settings = () => getScene().conversations[0]?.settings;

async function choose({ user }: Shown, name: string) {
  fireEvent.contextMenu(row());
  await user.click(await screen.findByRole('menuitem', { name }));
}

describe('the menu of a conversation', () => {
  it('is reached by the arrow key to the side, and the list stays one stop', async () => {
    const { user } = page();
    row().focus();
    await user.keyboard('{ArrowRight}{Enter}');
    const menu = within(await screen.findByRole('menu', { name: 'Conversation with Anatolia Textiles' }));
    const words = menu.getAllByRole('menuitem').map((each) => each.textContent);
    expect(words).toEqual(['Pin', 'Mark as unread', 'Mute…', 'Archive', 'Report…', 'Block…']);
    await user.keyboard('{Escape}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Conversation actions');
    await user.keyboard('{ArrowLeft}');
    expect(document.activeElement).toBe(row());
  });

  it('pins, and marks as unread with a dot', async () => {
    const shown = page();
    await choose(shown, 'Pin');
    expect(settings()?.isPinned).toBe(true);
    within(row()).getByText('Pinned');
    await choose(shown, 'Mark as unread');
    within(row()).getByText('Marked as unread');
  });

  it('archives with a way back, and shows the archive', async () => {
    const shown = page();
    await choose(shown, 'Archive');
    await waitFor(() => expect(row()).toBeNull());
    await shown.user.click(screen.getByRole('button', { name: 'Archived' }));
    expect(row()).not.toBeNull();
    await shown.user.click(screen.getByRole('button', { name: 'Undo' }));
    await screen.findByText('The archive is empty');
    expect(settings()?.isArchived).toBe(false);
  });

  it('mutes for a while, and unmutes', async () => {
    const shown = page();
    await choose(shown, 'Mute…');
    await shown.user.click(await screen.findByRole('menuitem', { name: 'For 8 hours' }));
    expect(Date.parse(settings()?.mutedUntil ?? '') - Date.now()).toBeGreaterThan(7 * 3_600_000);
    within(row()).getByText('Muted');
    await choose(shown, 'Unmute');
    expect(settings()?.mutedUntil).toBeNull();
  });

  it('says so when the server does not take it', async () => {
    const shown = page({ refusal: new HaggleError('network', 'Gone') });
    await choose(shown, 'Pin');
    await screen.findByText('The change was not saved. The server could not be reached.');
  });

  it('blocks after asking, says so in the place of the composer, and lets them in again', async () => {
    const shown = page();
    await shown.user.click(row());
    await choose(shown, 'Block…');
    expect(getScene().conversations[0]?.blockedBy).toBeUndefined();
    await shown.user.click(screen.getByRole('button', { name: 'Block' }));
    await screen.findByText('You have blocked Anatolia Textiles. Neither of you can write here.');
    expect(screen.queryByRole('textbox', { name: /Message to/ })).toBeNull();
    await shown.user.click(screen.getByRole('button', { name: 'Unblock' }));
    await screen.findByRole('textbox', { name: /Message to/ });
  });

  it('reports with a reason', async () => {
    const shown = page();
    await choose(shown, 'Report…');
    await shown.user.selectOptions(screen.getByLabelText('What is wrong?'), 'fraud');
    await shown.user.type(screen.getByLabelText(/What should they know/), 'Asked for money first');
    await shown.user.click(screen.getByRole('button', { name: 'Send the report' }));
    await screen.findByText('Thank you. The administrators have your report.');
    expect(getScene().reports).toEqual([
      { id: 'c1', messageId: undefined, reason: 'fraud', text: 'Asked for money first' },
    ]);
  });

  it('lets an administrator close with a reason, which stands in the place of the composer', async () => {
    const shown = page({ me: admin });
    await shown.user.click(row());
    await choose(shown, 'Close…');
    const confirm = screen.getByRole('button', { name: 'Close the conversation' });
    expect(confirm).toHaveProperty('disabled', true);
    await shown.user.type(screen.getByLabelText('Reason'), 'Sold out');
    await shown.user.click(confirm);
    await screen.findByText('This conversation is closed: Sold out');
  });
});

describe('the list', () => {
  it('says what an empty state means', async () => {
    const { user } = page();
    await user.click(screen.getByRole('button', { name: /^Unread/ }));
    screen.getByText('You have read everything');
    await user.click(screen.getByRole('button', { name: /^Needs reply/ }));
    screen.getByText('Nobody waits for your answer');
  });

  it('counts what is unread', () => {
    page({ conversations: [conversation({ unreadCount: 3 }), conversation({ id: 'c2' })] });
    screen.getByRole('button', { name: 'Unread 1' });
  });
});

describe('searching in messages', () => {
  it('shows the pieces that match and opens at the message', async () => {
    const found = [
      {
        conversationId: 'c1',
        message: {
          ...(message(1) as never as object),
          id: 'm1',
          message: 'We hold 2.40 EUR',
          senderId: 'u-mill',
        },
        snippet: [
          { text: 'We hold ', isMatch: false },
          { text: '2.40', isMatch: true },
        ],
      },
    ] as unknown as Scene['found'];
    const { user } = page({ found });
    await user.type(screen.getByRole('textbox', { name: /Search/ }), '2.40');
    await user.click(screen.getByRole('button', { name: 'Messages' }));
    const mark = await screen.findByText('2.40', { selector: 'mark' });
    await user.click(mark);
    await waitFor(() => expect(document.querySelector('[data-target]')?.textContent).toContain('text 1'));
  });
});
