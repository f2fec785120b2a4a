import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultServerLimits, HaggleError } from '../../client/index.ts';
import { ConversationPane } from '../ConversationPane/ConversationPane.tsx';
import { ToldPlace } from '../Told/ToldPlace.tsx';
import { told } from '../Told/told.ts';
import { stubBrowser } from '../testing/browser.ts';
import { admin, buyer, conversation, mara, message, own } from '../testing/fixtures.ts';
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

const now = () => new Date().toISOString();
const limits = { ...defaultServerLimits, editMinutes: 15, retractMinutes: 15 };
const theirs = message(1, { text: 'We can hold 2.40 EUR.' });
const mine = own(2, { text: 'Deal', createdAt: now() });

function talk(scene: Partial<Scene> = {}) {
  return show(
    { me: buyer, limits, conversations: [conversation()], messages: { c1: [theirs, mine] }, ...scene },
    <>
      <ConversationPane conversationId="c1" />
      <ToldPlace />
    </>,
  );
}

type Shown = ReturnType<typeof talk>;
const shown = () => getScene().messages['c1'] ?? [];
const buttonOf = (key: string) => document.querySelector<HTMLElement>(`[data-message-stop="${key}"]`);
async function openMenu(key: string) {
  fireEvent.click(buttonOf(key) as HTMLElement);
  return within(await screen.findByRole('menu'));
}
const words = (menu: Awaited<ReturnType<typeof openMenu>>) =>
  menu.getAllByRole('menuitem').map((each) => each.getAttribute('aria-label') ?? each.textContent);
const choose = async ({ user }: Shown, key: string, name: string) =>
  user.click((await openMenu(key)).getByRole('menuitem', { name }));
const field = () => screen.getByRole('textbox');

describe('the menu of a message', () => {
  it('offers what one may do with one’s own, and with that of others', async () => {
    const { user } = talk();
    expect(words(await openMenu('m2'))).toEqual([
      'More reactions',
      'Reply',
      'Copy text',
      'Quote',
      'Copy link',
      'Correct',
      'Take back…',
    ]);
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(words(await openMenu('m1'))).not.toContain('Correct');
  });

  it('does not offer what comes too late', async () => {
    const late = new Date(Date.now() - 16 * 60_000).toISOString();
    talk({ messages: { c1: [theirs, { ...mine, createdAt: late }] } });
    const offered = words(await openMenu('m2'));
    expect(offered).not.toContain('Correct');
    expect(offered).not.toContain('Take back…');
  });

  it('is one stop of the Tab key, and the arrow keys lead from message to message', async () => {
    const { user } = talk();
    expect(buttonOf('m1')?.tabIndex).toBe(-1);
    expect(buttonOf('m2')?.tabIndex).toBe(0);
    Element.prototype.scrollIntoView = () => undefined;
    buttonOf('m2')?.focus();
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement).toBe(buttonOf('m1'));
    expect([buttonOf('m1')?.tabIndex, buttonOf('m2')?.tabIndex]).toEqual([0, -1]);
    await user.keyboard('{Enter}');
    await screen.findByRole('menu');
    await user.keyboard('{End}');
    expect(document.activeElement?.textContent).toBe('Report…');
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(buttonOf('m1'));
  });

  it('opens by a finger that stays, and not by one that scrolls', async () => {
    talk();
    const bubble = screen.getByText('Deal');
    vi.useFakeTimers();
    const press = { pointerType: 'touch', clientX: 10, clientY: 10 };
    fireEvent.pointerDown(bubble, press);
    fireEvent.pointerMove(bubble, { ...press, clientY: 40 });
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    await Promise.resolve();
    expect(screen.queryByRole('menu')).toBeNull();
    fireEvent.pointerDown(bubble, press);
    await screen.findByRole('menu');
  });
});

describe('a reply', () => {
  it('names what it answers, is sent with it, and is over then', async () => {
    const stage = talk();
    await choose(stage, 'm1', 'Reply');
    screen.getByRole('button', { name: 'Cancel the reply' });
    expect(document.activeElement).toBe(field());
    await stage.user.type(field(), 'Thanks{Enter}');
    expect(shown().at(-1)).toMatchObject({
      text: 'Thanks',
      replyTo: { id: 'm1', senderName: 'Anatolia Textiles', preview: 'We can hold 2.40 EUR.' },
    });
    expect(screen.queryByRole('button', { name: 'Cancel the reply' })).toBeNull();
  });

  it('is cancelled by Escape, and what was written stays', async () => {
    const stage = talk();
    await choose(stage, 'm1', 'Reply');
    await stage.user.type(field(), 'Thanks{Escape}');
    expect(screen.queryByRole('button', { name: 'Cancel the reply' })).toBeNull();
    expect(field()).toHaveProperty('value', 'Thanks');
  });

  it('leads to the message that it answers', async () => {
    const to = { id: 'm1', seq: 1, senderName: 'Anatolia Textiles', preview: 'We can', isDeleted: false };
    const { user } = talk({ messages: { c1: [theirs, { ...mine, replyTo: to }] } });
    await user.click(screen.getByTitle(/In reply to Anatolia Textiles/));
    await waitFor(() => expect(document.querySelector('[data-target]')?.textContent).toContain('2.40 EUR'));
  });

  it('quotes into the field, behind what is there', async () => {
    const stage = talk({ drafts: { c1: 'Hello' } });
    await choose(stage, 'm1', 'Quote');
    expect(field()).toHaveProperty('value', 'Hello\n> We can hold 2.40 EUR.\n');
  });
});

describe('a correction', () => {
  it('is written in the composer, and the draft of before comes back', async () => {
    const stage = talk({ drafts: { c1: 'Half a sentence' } });
    await choose(stage, 'm2', 'Correct');
    expect(field()).toHaveProperty('value', 'Deal');
    await stage.user.type(field(), '!{Enter}');
    await waitFor(() => expect(shown()[1]?.text).toBe('Deal!'));
    screen.getByText('edited');
    expect(screen.getByRole('textbox', { name: /Message to/ })).toHaveProperty('value', 'Half a sentence');
  });

  it('that the server does not take says why and keeps the words', async () => {
    const refusal = new HaggleError('refused', 'Too late', { status: 403, code: 'edit_window_over' });
    const stage = talk({ refusal });
    await choose(stage, 'm2', 'Correct');
    await stage.user.type(field(), '!{Enter}');
    await screen.findByText(/not saved and is kept here. The time for it is over/);
    expect(field()).toHaveProperty('value', 'Deal!');
    expect(shown()[1]?.text).toBe('Deal');
  });
});

describe('taking back', () => {
  it('asks first, and leaves a place that says so', async () => {
    const stage = talk();
    await choose(stage, 'm2', 'Take back…');
    expect(screen.queryByText('You took this message back')).toBeNull();
    await stage.user.click(screen.getByRole('button', { name: 'Take back' }));
    await screen.findByText('You took this message back');
    expect(screen.queryByText('Deal')).toBeNull();
  });

  it('by an administrator needs a reason', async () => {
    const participants = { ...conversation().participants, admin: { ...mara, id: admin.id } };
    const stage = talk({ me: admin, conversations: [conversation({ participants })] });
    await choose(stage, 'm1', 'Take back…');
    const confirm = screen.getByRole('button', { name: 'Take back' });
    expect(confirm).toHaveProperty('disabled', true);
    await stage.user.type(screen.getByLabelText('Reason'), 'A phone number of somebody else');
    await stage.user.click(confirm);
    await screen.findByText('An administrator removed this message');
  });
});

describe('a reaction', () => {
  it('is chosen in the menu, shown with names, and taken back by a press', async () => {
    const { user } = talk();
    await user.click((await openMenu('m1')).getByRole('menuitemcheckbox', { name: '👍' }));
    const pill = await screen.findByRole('button', { name: '👍 You' });
    expect(pill.getAttribute('aria-pressed')).toBe('true');
    await user.click(pill);
    await waitFor(() => expect(screen.queryByRole('button', { name: '👍 You' })).toBeNull());
  });

  it('that fails is said', async () => {
    const { user } = talk({ refusal: new HaggleError('network', 'Gone') });
    await user.click((await openMenu('m1')).getByRole('menuitemcheckbox', { name: '👍' }));
    await screen.findByText('Your reaction was not saved. The server could not be reached.');
  });
});

describe('what nobody wrote', () => {
  it('is a line in the reader’s words, or in the server’s where there are none', () => {
    const system = { event: 'closed', actorId: 'u-mill', reason: 'Sold out' };
    const other = { event: 'something.new', actorId: null };
    const base = { senderId: null, kind: 'system' } as const;
    talk({
      messages: {
        c1: [
          theirs,
          message(2, { ...base, system, text: 'Closed.' }),
          message(3, { ...base, system: other, text: 'Something happened.' }),
          message(4, { kind: 'poll', text: 'Which colour? Red or blue' }),
        ],
      },
    });
    screen.getByText('Anatolia Textiles closed the conversation: Sold out');
    screen.getByText('Something happened.');
    screen.getByText('Which colour? Red or blue');
  });
});
