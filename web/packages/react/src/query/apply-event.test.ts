// @vitest-environment node
import type { QueryKey } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import type { Conversation, Message, Notification } from '../client/types.ts';
import { cacheOf } from '../testing/cache-of.ts';
import { conversationOf, messageAt, timeAt } from '../testing/samples.ts';
import { applyEvent, type ChatEvent } from './apply-event.ts';
import { withReadMark } from './conversation.ts';
import type { CacheView, Changes } from './draft.ts';
import { type Key, keys, type Thread } from './keys.ts';

const me = 'bob';

const known = (...conversations: Conversation[]): [QueryKey, unknown] => [
  keys.conversations,
  Object.fromEntries(conversations.map((one) => [one.id, one])),
];
const thread = (messages: Message[], change: Partial<Thread> = {}): [QueryKey, unknown] => [
  keys.thread('c1'),
  { messages, hasOlder: false, hasNewer: false, rev: 99, ...change } satisfies Thread,
];

function change(cache: CacheView, event: ChatEvent): Changes & { of: <T>(key: Key<T>) => T | undefined } {
  const changes = applyEvent(cache, event, { me, now: 1_000 });
  return {
    ...changes,
    of: <T>(key: Key<T>) =>
      changes.writes.find(([written]) => JSON.stringify(written) === JSON.stringify(key))?.[1] as
        | T
        | undefined,
  };
}

const message = (seq: number, rev: number, part: Partial<Message> = {}): ChatEvent => ({
  type: 'message',
  payload: { conversationId: 'c1', rev, message: messageAt(seq, part) },
});
const changed = (seq: number, rev: number, part: Partial<Message> = {}): ChatEvent => ({
  type: 'message_updated',
  payload: { conversationId: 'c1', rev, message: messageAt(seq, part) },
});
const read = (userId: string, lastReadSeq: number, rev: number): ChatEvent => ({
  type: 'read',
  payload: { conversationId: 'c1', rev, userId, lastReadSeq, readAt: timeAt(99) },
});
const updatedTo = (conversation: Conversation): ChatEvent => ({
  type: 'conversation_updated',
  payload: { conversationId: conversation.id, rev: conversation.rev, conversation },
});
const kinds = (changes: Changes) => changes.refetch.map((one) => one.what);

describe('who joined and left', () => {
  const told = (rev: number): ChatEvent => {
    return updatedTo({ ...conversationOf(), rev, lastSeq: 3 });
  };
  const asked = { what: 'events', id: 'c1' };

  it('is asked for when the conversation has changed', () => {
    const before = conversationOf();
    const cache = cacheOf(known(before));
    expect(change(cache, told(before.rev + 1)).refetch).toContainEqual(asked);
    expect(change(cacheOf(known()), told(9)).refetch).toContainEqual(asked);
    const answer: ChatEvent = { type: 'loaded', conversations: [{ ...before, rev: before.rev + 2 }] };
    expect(change(cache, answer).refetch).toContainEqual(asked);
  });

  it('is not asked for by what says nothing new', () => {
    const before = conversationOf();
    expect(change(cacheOf(known(before)), told(before.rev)).refetch).not.toContainEqual(asked);
    const loaded: ChatEvent = { type: 'loaded', conversations: [before] };
    expect(change(cacheOf(known(before)), loaded).refetch).not.toContainEqual(asked);
    expect(change(cacheOf(known()), loaded).refetch).not.toContainEqual(asked);
  });
});

describe('a message that was changed', () => {
  const known2 = known(conversationOf({ lastSeq: 2, rev: 2, lastMessage: 'text 2' }));
  const cache = () => cacheOf(known2, thread([messageAt(1), messageAt(2)], { rev: 2 }));

  it('is shown as it is now, in the list too if it is the newest', () => {
    const changes = change(cache(), changed(2, 3, { message: 'corrected', editedAt: timeAt(9) }));
    expect(changes.of(keys.thread('c1'))).toMatchObject({ rev: 3, messages: [{}, { message: 'corrected' }] });
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({ rev: 3, lastMessage: 'corrected' });
    expect(changes.refetch).toEqual([]);
  });

  it('further up leaves the list alone, and nothing is unread by it', () => {
    const changes = change(cache(), changed(1, 3, { message: '', deletedAt: timeAt(9) }));
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({
      rev: 3,
      lastMessage: 'text 2',
      unreadCount: 0,
    });
    expect(changes.of(keys.unreadCount)).toBeUndefined();
  });

  it('and is not loaded only moves rev', () => {
    const changes = change(cacheOf(known2), changed(1, 3));
    expect(changes.writes.map(([key]) => key)).toEqual([keys.conversations]);
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({ rev: 3, lastMessage: 'text 2' });
  });

  it('behind a gap asks what else has changed', () => {
    const changes = change(cache(), changed(1, 5, { message: 'corrected' }));
    expect(changes.of(keys.thread('c1'))).toMatchObject({ rev: 2, messages: [{ message: 'corrected' }, {}] });
    expect(kinds(changes)).toEqual(['changes', 'conversation']);
  });

  it('is not changed back by an event that comes late', () => {
    const changes = change(cache(), changed(2, 2, { message: 'as it was' }));
    expect(changes.writes).toEqual([]);
    expect(change(cache(), message(2, 2, { message: 'as it was sent' })).writes).toEqual([]);
  });

  it('while we were away has the rev that we knew, and is taken by its own', () => {
    const away = { message: 'corrected', editedAt: timeAt(9), changedRev: 4 };
    for (const event of [changed(2, 2, away), message(2, 2, away)]) {
      const changes = change(cache(), event);
      expect(changes.of(keys.thread('c1'))).toMatchObject({
        rev: 2,
        messages: [{}, { message: 'corrected' }],
      });
      expect(changes.refetch).toEqual([]);
    }
    const loaded = cacheOf(known2, thread([messageAt(1), messageAt(2, { changedRev: 5 })], { rev: 2 }));
    expect(change(loaded, changed(2, 2, away)).writes).toEqual([]);
  });

  it('whose first event was lost does for both', () => {
    const changes = change(cache(), changed(3, 4, { message: 'corrected' }));
    expect(changes.of(keys.thread('c1'))?.messages).toHaveLength(3);
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({ lastSeq: 3, unreadCount: 3, rev: 2 });
  });
});

describe('what a conversation is for its reader', () => {
  const plain = { isArchived: false, isPinned: false, mutedUntil: null, isMarkedUnread: false };
  const withSettings = (settings: object, part: Partial<Conversation> = {}) =>
    conversationOf({ lastSeq: 1, rev: 2, unreadCount: 1, settings: { ...plain, ...settings }, ...part });

  it('brings it back from the archive with a new message, unless it is muted', () => {
    const archived = change(cacheOf(known(withSettings({ isArchived: true }))), message(2, 3));
    expect(archived.of(keys.conversations)?.['c1']?.settings?.isArchived).toBe(false);
    const muted = withSettings({ isArchived: true, mutedUntil: timeAt(99) });
    const quiet = change(cacheOf(known(muted)), message(2, 3));
    expect(quiet.of(keys.conversations)?.['c1']?.settings?.isArchived).toBe(true);
  });

  it('counts in no badge while it is muted', () => {
    const muted = withSettings({ mutedUntil: timeAt(99) });
    const changes = change(cacheOf(known(muted), [keys.unreadCount, 4]), message(2, 3));
    expect(changes.of(keys.unreadCount)).toBeUndefined();
    expect(changes.of(keys.conversations)?.['c1']?.unreadCount).toBe(2);
  });

  it('takes what is unread out of the badge when it is muted, and puts it back', () => {
    const settings = { ...plain, mutedUntil: timeAt(99) };
    const mute: ChatEvent = { type: 'settings', conversationId: 'c1', settings };
    const before = withSettings({});
    expect(change(cacheOf(known(before), [keys.unreadCount, 4]), mute).of(keys.unreadCount)).toBe(3);
    const unmute: ChatEvent = { type: 'settings', conversationId: 'c1', settings: plain };
    const after = withSettings({ mutedUntil: timeAt(99) });
    expect(change(cacheOf(known(after), [keys.unreadCount, 3]), unmute).of(keys.unreadCount)).toBe(4);
  });
});

describe('a message', () => {
  it('is appended, previewed, counted, and ends its sender’s typing', () => {
    const cache = cacheOf(
      known(conversationOf()),
      thread([]),
      [keys.unreadCount, 4],
      [keys.typing('c1'), { bea: 9_000 }],
    );
    const changes = change(cache, message(1, 2, { message: 'Two lines\n of  text' }));
    expect(changes.of(keys.thread('c1'))?.messages.map((one) => one.seq)).toEqual([1]);
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({
      lastMessage: 'Two lines of text',
      lastMessageAt: timeAt(1),
      lastSeq: 1,
      rev: 2,
      unreadCount: 1,
      lastReadSeq: 0,
      participants: { buyer: { lastReadSeq: 1 }, supplier: { lastReadSeq: 0 } },
    });
    expect(changes.of(keys.unreadCount)).toBe(5);
    expect(changes.of(keys.typing('c1'))).toEqual({});
  });

  it('of our own is read by us, unread by others, and settles the queue', () => {
    const cache = cacheOf(
      known(conversationOf({ lastSeq: 1, unreadCount: 1, rev: 2 })),
      thread([messageAt(1)]),
    );
    const changes = change(
      cache,
      message(2, 3, { senderId: me, senderType: 'supplier', clientMessageId: 'key' }),
    );
    expect(changes.settled).toEqual(['key']);
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({ unreadCount: 0, lastReadSeq: 2 });
    expect(changes.of(keys.thread('c1'))?.messages.map((one) => one.isRead)).toEqual([true, false]);
  });

  it('that comes twice changes nothing but its own place', () => {
    const cache = cacheOf(known(conversationOf({ lastSeq: 1, rev: 2 })), thread([messageAt(1)]), [
      keys.unreadCount,
      0,
    ]);
    const changes = change(cache, message(1, 2));
    expect(changes.of(keys.conversations)).toBeUndefined();
    expect(changes.of(keys.unreadCount)).toBeUndefined();
    expect(changes.of(keys.thread('c1'))).toBeUndefined();
    expect(changes.refetch).toEqual([]);
  });

  it('behind a gap in seq asks for the thread', () => {
    const cache = cacheOf(known(conversationOf({ lastSeq: 1, rev: 2 })), thread([messageAt(1)]));
    expect(kinds(change(cache, message(3, 3)))).toContain('thread');
  });

  it('behind a gap in rev asks for the conversation, and does not pretend to know it', () => {
    const cache = cacheOf(known(conversationOf({ rev: 2 })), thread([]));
    const changes = change(cache, message(1, 5));
    expect(changes.refetch).toContainEqual({ what: 'conversation', id: 'c1', rev: 5 });
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({ rev: 2, lastSeq: 1 });
  });

  it('of an unknown conversation asks for it', () => {
    expect(change(cacheOf(), message(1, 2)).refetch).toEqual([
      { what: 'conversation', id: 'c1', rev: null },
      { what: 'unread-count' },
    ]);
  });

  it('leaves a stretch alone that ends in the past', () => {
    const cache = cacheOf(
      known(conversationOf({ lastSeq: 9, rev: 9 })),
      thread([messageAt(3)], { hasNewer: true, hasOlder: true }),
    );
    const changes = change(cache, message(10, 10));
    expect(changes.of(keys.thread('c1'))).toBeUndefined();
    expect(kinds(changes)).not.toContain('thread');
  });

  it('known from its answer first is counted by the event', () => {
    const cache = cacheOf(known(conversationOf()), thread([]));
    const own = messageAt(1, { senderId: me, clientMessageId: 'key' });
    const sent = change(cache, { type: 'sent', message: own });
    expect(sent.writes.map(([key]) => key)).toEqual([keys.thread('c1')]);
    const later = cacheOf(
      known(conversationOf()),
      ...sent.writes.map(([key, data]): [QueryKey, unknown] => [key, data]),
    );
    const changes = change(later, message(1, 2, { senderId: me, clientMessageId: 'key' }));
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({ lastSeq: 1, rev: 2 });
    expect(changes.of(keys.thread('c1'))).toBeUndefined();
    expect(changes.refetch).toEqual([]);
  });

  it('repeated for the thread does not hide what else happened', () => {
    const cache = cacheOf(known(conversationOf({ lastSeq: 1, rev: 2 })), thread([]));
    const changes = change(cache, message(1, 3));
    expect(changes.of(keys.thread('c1'))?.messages).toHaveLength(1);
    expect(changes.of(keys.conversations)).toBeUndefined();
  });
});

describe('a message of the server about what somebody did', () => {
  const did = (lastReadSeq: number) => {
    const before = { ...withReadMark(conversationOf(), me, lastReadSeq, me), lastSeq: 3, rev: 4 };
    const told = message(4, 5, { senderId: me, senderType: 'supplier', kind: 'system' });
    return change(cacheOf(known(before)), told).of(keys.conversations)?.[before.id];
  };

  it('leaves unread what they had not read', () => {
    expect(did(1)).toMatchObject({ lastSeq: 4, lastReadSeq: 1, unreadCount: 3 });
  });

  it('is read by them when they had read everything', () => {
    expect(did(3)).toMatchObject({ lastSeq: 4, lastReadSeq: 4, unreadCount: 0 });
  });
});

describe('a read mark', () => {
  const cache = () =>
    cacheOf(
      known(conversationOf({ lastSeq: 2, rev: 3, unreadCount: 2 })),
      thread([messageAt(1, { senderId: me }), messageAt(2)]),
      [keys.unreadCount, 2],
    );

  it('of the other side ticks our messages', () => {
    const changes = change(cache(), read('bea', 2, 4));
    expect(changes.of(keys.thread('c1'))?.messages.map((one) => one.isRead)).toEqual([true, false]);
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({ rev: 4, unreadCount: 2 });
  });

  it('of our own, from another device, lowers the counters and reads the notification', () => {
    const notification: Notification = {
      id: 'n1',
      conversationId: 'c1',
      count: 2,
      title: 'Steel sheet',
      senderName: 'Ada',
      preview: 'Hello',
      isRead: false,
      createdAt: timeAt(1),
      updatedAt: timeAt(1),
    };
    const base = cache();
    base.entries.set(JSON.stringify(keys.notifications), {
      notifications: [notification],
      hasMore: false,
      nextCursor: null,
    });
    const changes = change(base, read(me, 2, 4));
    expect(changes.of(keys.conversations)?.['c1']).toMatchObject({ unreadCount: 0, lastReadSeq: 2 });
    expect(changes.of(keys.unreadCount)).toBe(0);
    expect(changes.of(keys.notifications)?.notifications[0]?.isRead).toBe(true);
    expect(kinds(changes)).toContain('notifications');
  });

  it('never moves back', () => {
    const base = cacheOf(known(conversationOf({ lastSeq: 5, rev: 3, lastReadSeq: 4, unreadCount: 1 })));
    expect(change(base, read(me, 2, 4)).of(keys.conversations)?.['c1']).toMatchObject({
      lastReadSeq: 4,
      unreadCount: 1,
    });
    expect(change(base, read(me, 5, 3)).writes).toEqual([]);
  });
});

describe('a conversation', () => {
  it('that is new is known from then on', () => {
    const changes = change(cacheOf(), updatedTo(conversationOf()));
    expect(changes.of(keys.conversations)).toEqual({ c1: conversationOf() });
  });

  it('that is older than what we know changes only who is online', () => {
    const cache = cacheOf(known(conversationOf({ rev: 5, lastMessage: 'new' })));
    const told = conversationOf({ rev: 4, lastMessage: 'old' });
    told.participants.buyer.isOnline = true;
    const after = change(cache, { type: 'loaded', conversations: [told] }).of(keys.conversations)?.['c1'];
    expect(after).toMatchObject({ rev: 5, lastMessage: 'new', participants: { buyer: { isOnline: true } } });
  });

  it('with messages we have not got asks for them', () => {
    const cache = cacheOf(known(conversationOf()), thread([]));
    const told = conversationOf({ rev: 4, lastSeq: 3 });
    expect(kinds(change(cache, { type: 'loaded', conversations: [told] }))).toContain('thread');
  });

  it('that is gone disappears with everything of it', () => {
    const cache = cacheOf(known(conversationOf(), conversationOf({ id: 'c2' })), thread([]));
    const changes = change(cache, { type: 'gone', conversationId: 'c1' });
    expect(Object.keys(changes.of(keys.conversations) ?? {})).toEqual(['c2']);
    expect(changes.writes).toContainEqual([keys.thread('c1'), undefined]);
  });

  it('an administrator has not joined has nothing unread', () => {
    const cache = cacheOf(known(conversationOf({ lastReadSeq: null })));
    expect(change(cache, message(1, 2)).of(keys.conversations)?.['c1']?.unreadCount).toBe(0);
  });
});

describe('the rest', () => {
  it('presence reaches every conversation of that person', () => {
    const cache = cacheOf(known(conversationOf(), conversationOf({ id: 'c2' })));
    const changes = change(cache, { type: 'online_status', payload: { userId: 'bea', isOnline: true } });
    const after = Object.values(changes.of(keys.conversations) ?? {});
    expect(after.map((one) => one.participants.buyer.isOnline)).toEqual([true, true]);
    expect(changes.of(keys.presence('bea'))).toEqual({ id: 'bea', isOnline: true, lastSeen: null });
  });

  it('typing lasts until it is said or has expired; our own is not shown', () => {
    const typing = (userId: string, isTyping: boolean): ChatEvent => ({
      type: 'typing',
      payload: { conversationId: 'c1', userId, isTyping },
    });
    expect(change(cacheOf(), typing('bea', true)).of(keys.typing('c1'))).toEqual({ bea: 7_000 });
    expect(
      change(cacheOf([keys.typing('c1'), { bea: 7_000 }]), typing('bea', false)).of(keys.typing('c1')),
    ).toEqual({});
    expect(change(cacheOf(), typing(me, true)).writes).toEqual([]);
  });

  it('an unread notification replaces the one before', () => {
    const notification = (id: string, count: number, at: number): Notification => ({
      id,
      conversationId: 'c1',
      count,
      title: 'Steel sheet',
      senderName: 'Ada',
      preview: 'Hello',
      isRead: false,
      createdAt: timeAt(at),
      updatedAt: timeAt(at),
    });
    const page = { notifications: [notification('n1', 1, 1)], hasMore: false, nextCursor: null };
    const changes = change(cacheOf([keys.notifications, page]), {
      type: 'notification',
      payload: { notification: notification('n2', 2, 2) },
    });
    expect(changes.of(keys.notifications)?.notifications.map((one) => one.id)).toEqual(['n2']);
  });

  it('ready and reset say what to fetch', () => {
    expect(kinds(change(cacheOf(), { type: 'ready', payload: {} }))).toEqual([
      'lists',
      'unread-count',
      'notifications',
      'presence',
    ]);
    expect(kinds(change(cacheOf(), { type: 'reset', payload: {} }))).toEqual(['everything']);
    expect(kinds(change(cacheOf(), { type: 'reset', payload: { conversationId: 'c1' } }))).toEqual([
      'conversation',
      'thread',
      'unread-count',
    ]);
  });

  it('frames between socket and server change nothing', () => {
    for (const frame of [
      { type: 'pong', payload: {} },
      { type: 'error', payload: { code: 'internal', message: 'X' } },
      { type: 'authenticated', payload: { userId: me, connectionId: '1', expiresAt: timeAt(1) } },
    ] satisfies ChatEvent[]) {
      expect(applyEvent(cacheOf(), frame, { me, now: 0 })).toEqual({ writes: [], refetch: [], settled: [] });
    }
  });
});
