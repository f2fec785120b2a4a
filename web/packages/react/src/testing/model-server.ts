import type { ServerFrame } from '../client/frames.ts';
import type { Conversation, ConversationFilter, Message, Participants, Role } from '../client/types.ts';
import { isWaiting } from '../query/people.ts';
import { createModelOffers } from './model-offers.ts';
import type { ModelServer, Row, User } from './model-types.ts';

export type { ModelServer } from './model-types.ts';

const roles: Role[] = ['buyer', 'supplier', 'admin'];

export function createModelServer(now: () => number, largestGap = 500): ModelServer {
  const users = new Map<string, User>();
  const rows = new Map<string, Row>();
  const listeners = new Map<string, Set<(frame: ServerFrame) => void>>();
  let ids = 0;
  let lastTime = 0;

  /** Never runs backwards, like `created_at`. */
  function time(): string {
    lastTime = Math.max(lastTime + 1, now());
    return new Date(lastTime).toISOString();
  }

  const placeOf = (row: Row, userId: string) => roles.find((role) => row.places[role]?.id === userId);
  const people = (row: Row) => roles.flatMap((role) => row.places[role] ?? []);
  const rowOf = (id: string): Row => {
    const row = rows.get(id);
    if (row === undefined) throw new Error(`no conversation ${id}`);
    return row;
  };

  function tell(userId: string, frame: ServerFrame): void {
    for (const listener of listeners.get(userId) ?? []) listener(structuredClone(frame));
  }

  function tellAll(row: Row, frameFor: (userId: string) => ServerFrame): void {
    for (const { id } of people(row)) tell(id, frameFor(id));
  }

  function stored(row: Row, message: Row['messages'][number]): Message {
    const readers = people(row).filter(({ id }) => id !== message.senderId);
    const { changedRev, ...shown } = message;
    return {
      ...shown,
      ...(changedRev > 0 && { changedRev }),
      isRead: readers.length > 0 && readers.every((one) => one.lastReadSeq >= message.seq),
    };
  }

  /** Adds a message of somebody in the conversation, and tells everybody. */
  function append(row: Row, userId: string, given: Partial<Message>): Message {
    const role = placeOf(row, userId);
    ids += 1;
    const seq = row.messages.length + 1;
    const message = {
      id: `m${ids}`,
      conversationId: row.id,
      seq,
      senderId: userId,
      senderName: `Name of ${userId}`,
      senderType: role ?? 'admin',
      receiverId: null,
      message: '',
      kind: 'text' as const,
      attachments: [],
      files: [],
      clientMessageId: null,
      createdAt: time(),
      ...given,
      changedRev: 0,
    };
    row.messages.push(message);
    row.rev += 1;
    const place = role && row.places[role];
    // Who writes has read what was there; who does something has not, by that.
    if (place && (message.kind !== 'system' || place.lastReadSeq === seq - 1)) place.lastReadSeq = seq;
    const payload = { conversationId: row.id, rev: row.rev, message: stored(row, message) };
    tellAll(row, () => ({ type: 'message', payload }));
    return stored(row, message);
  }

  /** Changes a message, and tells everybody. */
  function changeMessage(
    conversationId: string,
    messageId: string,
    edit: (message: Row['messages'][number]) => Partial<Message> | null,
  ): Message | null {
    const row = rowOf(conversationId);
    const at = row.messages.findIndex(({ id }) => id === messageId);
    const message = row.messages[at];
    if (message === undefined || message.deletedAt != null) return null;
    const change = edit(message);
    if (change === null) return stored(row, message);
    row.rev += 1;
    row.messages[at] = { ...message, ...change, changedRev: row.rev };
    const payload = { conversationId, rev: row.rev, message: stored(row, row.messages[at]) };
    tellAll(row, () => ({ type: 'message_updated', payload }));
    return payload.message;
  }

  function note(row: Row, type: 'joined' | 'left', actorId: string): void {
    ids += 1;
    const who = { actorId, actorName: `Name of ${actorId}` };
    row.events.push({ id: `event-${ids}`, type, ...who, createdAt: time(), seq: row.messages.length });
  }

  function view(row: Row, userId: string): Conversation {
    const participants: Partial<Participants> = {};
    for (const role of roles) {
      const place = row.places[role];
      if (place === undefined) continue;
      const user = users.get(place.id);
      participants[role] = {
        id: place.id,
        name: `Name of ${place.id}`,
        isOnline: user?.isOnline ?? false,
        lastReadSeq: place.lastReadSeq,
      };
    }
    const role = placeOf(row, userId);
    const lastReadSeq = role === undefined ? null : (row.places[role]?.lastReadSeq ?? null);
    const last = row.messages.at(-1);
    const offer = row.messages.findLast((one) => one.offer !== undefined)?.offer;
    return {
      id: row.id,
      type: row.type,
      participants: participants as Participants,
      ...(row.productId !== null && { product: { id: row.productId, name: 'A product', image: '/p.png' } }),
      ...(row.messages.some((one) => one.changedRev > 0) && {
        messagesRev: Math.max(...row.messages.map((one) => one.changedRev)),
      }),
      ...(offer && { offer: { id: offer.id, role: offer.role, state: offer.state } }),
      lastMessage: last === undefined ? null : last.message.slice(0, 200),
      lastMessageAt: last?.createdAt ?? null,
      unreadCount: lastReadSeq === null ? 0 : row.messages.length - lastReadSeq,
      lastSeq: row.messages.length,
      rev: row.rev,
      lastReadSeq,
      createdAt: row.createdAt,
    };
  }

  const updatedFor = (row: Row, userId: string): ServerFrame => ({
    type: 'conversation_updated',
    payload: { conversationId: row.id, rev: row.rev, conversation: view(row, userId) },
  });
  const updated = (row: Row) => tellAll(row, (id) => updatedFor(row, id));

  function visibleTo(userId: string, filter: ConversationFilter): Row[] {
    const mayAll = users.get(userId)?.role === 'admin' && filter.view !== 'mine';
    return [...rows.values()].filter(
      (row) =>
        (mayAll || placeOf(row, userId) !== undefined) &&
        (filter.type === undefined || filter.type === row.type) &&
        (!filter.waiting || isWaiting(view(row, userId))) &&
        (filter.q === undefined || JSON.stringify(view(row, userId)).includes(filter.q)),
    );
  }

  const keyOf = (conversation: Conversation) =>
    `${conversation.lastMessageAt ?? conversation.createdAt} ${conversation.id}`;

  return {
    addUser: (id, role) => users.set(id, { id, role, isOnline: false, lastSeen: null }),
    setOnline: (id, isOnline) => {
      const user = users.get(id);
      if (user === undefined || user.isOnline === isOnline) return;
      user.isOnline = isOnline;
      user.lastSeen = isOnline ? user.lastSeen : time();
      const { lastSeen } = user;
      const acquainted = new Set([...rows.values()].filter((row) => placeOf(row, id)).flatMap(people));
      for (const person of new Set([...acquainted].map((one) => one.id))) {
        const payload = { userId: id, isOnline, ...(lastSeen !== null && { lastSeen }) };
        if (person !== id) tell(person, { type: 'online_status', payload });
      }
    },
    open: (userId, purpose) => {
      const buyer = purpose.buyerId ?? userId;
      const wanted = JSON.stringify([
        buyer,
        purpose.supplierId ?? null,
        purpose.productId ?? null,
        purpose.adminId ?? null,
      ]);
      const existing = [...rows.values()].find(
        ({ places, productId }) =>
          JSON.stringify([
            places.buyer?.id,
            places.supplier?.id ?? null,
            productId,
            purpose.adminId ?? null,
          ]) === wanted,
      );
      if (existing !== undefined) return view(existing, userId);
      ids += 1;
      const row: Row = {
        id: `c${String(ids).padStart(6, '0')}`,
        type:
          purpose.supplierId != null ? 'buyer_supplier' : purpose.adminId != null ? 'buyer_admin' : 'support',
        places: {
          buyer: { id: buyer, lastReadSeq: 0 },
          ...(purpose.supplierId != null && { supplier: { id: purpose.supplierId, lastReadSeq: 0 } }),
          ...(purpose.adminId != null && { admin: { id: purpose.adminId, lastReadSeq: 0 } }),
        },
        productId: purpose.productId ?? null,
        messages: [],
        events: [],
        rev: 1,
        createdAt: time(),
      };
      rows.set(row.id, row);
      updated(row);
      return view(row, userId);
    },
    send: (userId, conversationId, { content, clientMessageId }) => {
      const row = rowOf(conversationId);
      const same = row.messages.find(
        (one) =>
          one.senderId === userId && clientMessageId != null && one.clientMessageId === clientMessageId,
      );
      if (same !== undefined) return stored(row, same);
      const role = placeOf(row, userId);
      if (role === undefined) throw new Error(`${userId} is not in ${conversationId}`);
      return append(row, userId, { message: content, clientMessageId: clientMessageId ?? null });
    },
    markRead: (userId, conversationId, upTo) => {
      const row = rowOf(conversationId);
      const role = placeOf(row, userId);
      const place = role === undefined ? undefined : row.places[role];
      const seq = upTo == null ? row.messages.length : (row.messages.find(({ id }) => id === upTo)?.seq ?? 0);
      if (place === undefined || seq <= place.lastReadSeq) return;
      place.lastReadSeq = seq;
      row.rev += 1;
      const payload = { conversationId, rev: row.rev, userId, lastReadSeq: seq, readAt: time() };
      tellAll(row, () => ({ type: 'read', payload }));
    },
    edit: (userId, id, messageId, content) =>
      changeMessage(id, messageId, ({ senderId, message, kind }) =>
        kind === 'text' && senderId === userId && message !== content
          ? { message: content, editedAt: time() }
          : null,
      ),
    takeBack: (userId, id, messageId) =>
      changeMessage(id, messageId, ({ senderId, kind }) =>
        kind === 'text' && senderId === userId ? { message: '', deletedAt: time(), deletedBy: userId } : null,
      ),
    react: (userId, id, messageId, emoji, isOn) =>
      changeMessage(id, messageId, ({ reactions }) => {
        const before = reactions?.find((one) => one.emoji === emoji)?.userIds ?? [];
        if (before.includes(userId) === isOn) return null;
        const userIds = isOn ? [...before, userId] : before.filter((one) => one !== userId);
        const others = (reactions ?? []).filter((one) => one.emoji !== emoji);
        return { reactions: userIds.length === 0 ? others : [...others, { emoji, userIds }] };
      }),
    ...createModelOffers({ rowOf, placeOf, append, changeMessage, time }),
    join: (userId, conversationId) => {
      const row = rowOf(conversationId);
      if (row.places.admin !== undefined) return row.places.admin.id === userId;
      row.places.admin = { id: userId, lastReadSeq: row.messages.length };
      note(row, 'joined', userId);
      row.rev += 1;
      updated(row);
      return true;
    },
    leave: (userId, conversationId) => {
      const row = rowOf(conversationId);
      if (row.places.admin?.id !== userId) return false;
      delete row.places.admin;
      note(row, 'left', userId);
      row.rev += 1;
      updated(row);
      tell(userId, updatedFor(row, userId));
      return true;
    },
    events: (userId, id) => {
      const row = rows.get(id);
      const mayRead =
        row !== undefined && (placeOf(row, userId) !== undefined || users.get(userId)?.role === 'admin');
      return mayRead ? row.events.toReversed() : null;
    },
    remove: (conversationId) => {
      rows.delete(conversationId);
    },
    conversation: (userId, id) => {
      const row = rows.get(id);
      return row === undefined ? null : view(row, userId);
    },
    list: (userId, filter, cursor, limit) => {
      const all = visibleTo(userId, filter)
        .map((row) => view(row, userId))
        .sort((a, b) => (keyOf(a) < keyOf(b) ? 1 : -1))
        .filter((one) => cursor === null || keyOf(one) < cursor);
      const conversations = all.slice(0, limit);
      const last = conversations.at(-1);
      const hasMore = all.length > limit;
      return {
        conversations,
        hasMore,
        nextCursor: hasMore && last !== undefined ? keyOf(last) : null,
        counts: { waiting: visibleTo(userId, { view: filter.view, waiting: true }).length },
      };
    },
    messages: (_userId, conversationId, { before, after, around, limit = 50 }) => {
      const row = rows.get(conversationId);
      if (row === undefined) return null;
      const at = (id: string) => row.messages.findIndex((message) => message.id === id);
      const total = row.messages.length;
      let end = total;
      if (before !== undefined) end = at(before);
      else if (after !== undefined) end = Math.min(total, at(after) + 1 + limit);
      else if (around !== undefined) end = Math.min(total, at(around) + Math.ceil(limit / 2));
      const start = after === undefined ? Math.max(0, end - limit) : at(after) + 1;
      const messages = row.messages
        .slice(start, end)
        .map((message) => stored(row, message))
        .reverse();
      return {
        messages,
        hasMore: start > 0,
        nextCursor: start > 0 ? (messages.at(-1)?.id ?? null) : null,
        hasNewer: end < total,
      };
    },
    unreadCount: (userId) =>
      [...rows.values()].reduce(
        (sum, row) => sum + (placeOf(row, userId) ? view(row, userId).unreadCount : 0),
        0,
      ),
    status: (id) => {
      const user = users.get(id);
      return user === undefined ? null : { id, isOnline: user.isOnline, lastSeen: user.lastSeen };
    },
    missedSince: (userId, since) =>
      Object.entries(since).flatMap(([conversationId, seen]): ServerFrame[] => {
        const row = rows.get(conversationId);
        if (row === undefined) return [];
        const missed = row.messages.slice(seen.seq);
        if (missed.length > largestGap) return [{ type: 'reset', payload: { conversationId } }];
        const frames = missed.map((message): ServerFrame => {
          return {
            type: 'message',
            payload: { conversationId, rev: seen.rev, message: stored(row, message) },
          };
        });
        if (row.rev === seen.rev) return frames;
        const changed = row.messages
          .filter((message) => message.seq <= seen.seq && message.changedRev > seen.rev)
          .map((message): ServerFrame => {
            const payload = { conversationId, rev: seen.rev, message: stored(row, message) };
            return { type: 'message_updated', payload };
          });
        return [...frames, ...changed, updatedFor(row, userId)];
      }),
    listen: (userId, listener) => {
      const mine = listeners.get(userId) ?? new Set();
      listeners.set(userId, mine.add(listener));
      return () => mine.delete(listener);
    },
    typing: (userId, conversationId, isTyping) => {
      for (const { id } of people(rowOf(conversationId))) {
        if (id !== userId) tell(id, { type: 'typing', payload: { conversationId, userId, isTyping } });
      }
    },
    conversationIds: () => [...rows.keys()],
  };
}
