// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Conversation, ConversationFilter, ConversationSettings } from '../client/types.ts';
import { conversationOf, timeAt } from '../testing/samples.ts';
import type { ConversationList } from './keys.ts';
import { conversationsOf, unreadConversations } from './lists.ts';

const plain = { isArchived: false, isPinned: false, mutedUntil: null, isMarkedUnread: false };
const one = (id: string, at: number, settings: Partial<ConversationSettings> = {}, unreadCount = 0) =>
  conversationOf({ id, lastMessageAt: timeAt(at), unreadCount, settings: { ...plain, ...settings } });
const later = new Date(Date.now() + 60_000).toISOString();

const known = Object.fromEntries(
  [
    one('old', 1, { isPinned: true }),
    one('new', 9),
    one('read', 8, { isMarkedUnread: true }),
    one('away', 7, { isArchived: true }, 2),
    one('quiet', 6, { mutedUntil: later }, 3),
    one('unread', 5, {}, 1),
  ].map((each): [string, Conversation] => [each.id, each]),
);
const whole = (ids: string[] = []): ConversationList => ({
  pages: [{ ids, until: null, next: null, counts: null }],
  pageParams: [null],
});
const shown = (filter: ConversationFilter, ids?: string[]) =>
  conversationsOf(whole(ids), filter, known, 'bob').map((each) => each.id);

describe('a list', () => {
  it('has what is pinned on top, and not what is archived', () => {
    expect(shown({})).toEqual(['old', 'new', 'read', 'quiet', 'unread']);
  });

  it('can be narrowed to a state', () => {
    expect(shown({ archived: true })).toEqual(['away']);
    expect(shown({ pinned: true })).toEqual(['old']);
    expect(shown({ unread: true })).toEqual(['read', 'unread']);
  });

  it('shows what only the server knows as the server said it, in its order where that is its own', () => {
    expect(shown({ needsReply: true }, ['unread', 'new'])).toEqual(['new', 'unread']);
    expect(shown({ needsReply: true, sort: 'waiting' }, ['unread', 'new'])).toEqual(['unread', 'new']);
  });

  it('finds the archived too', () => {
    expect(shown({ q: 'x' }, ['away', 'new'])).toEqual(['new', 'away']);
  });

  it('counts conversations with something unread', () => {
    expect(unreadConversations(whole(), known, Date.now())).toBe(2);
  });
});
