import { assertNever } from '../client/assert-never.ts';
import type { ServerFrame, Since } from '../client/frames.ts';
import { limits } from '../client/limits.ts';
import type { Conversation, ConversationSettings, Message, Offer, UserStatus } from '../client/types.ts';
import { newer, withChanged, withMessage, withReadMark } from './conversation.ts';
import { type CacheView, type Changes, type Draft, draftOf } from './draft.ts';
import { filterOf, keys, type Typing } from './keys.ts';
import { countedIn, isAsked, unreadOfAll } from './lists.ts';
import { applyNotification, markNotificationsOf } from './notifications.ts';
import { applyOffer, noteNegotiation } from './offers.ts';
import { withParticipant } from './people.ts';
import {
  insertMessage,
  isChangeUnknown,
  lastOf,
  refreshReads,
  replaceMessage,
  settledSeq,
  withRev,
} from './thread.ts';

/** What changes the cache: every frame of the server, and what this client has learned by asking. */
export type ChatEvent =
  | ServerFrame
  /** An answer about somebody; it says `null` where the frame says nothing. */
  | { type: 'online_status'; payload: Omit<UserStatus, 'id'> & { userId: string } }
  /** The answer to a send, for the thread; the rest is the event's, which knows its `rev`. */
  | { type: 'sent'; message: Message }
  /** The answer to a change of a message, for the thread; the event that comes with it knows its `rev`. */
  | { type: 'changed'; message: Message }
  /** An offer as an answer has it. */
  | { type: 'offer'; offer: Offer }
  /** What this conversation is for us, as we have just set it, or as the server says. */
  | { type: 'settings'; conversationId: string; settings: ConversationSettings }
  /** The server has taken our read mark; the same comes, or came, as a `read` event. */
  | { type: 'seen'; conversationId: string; seq: number }
  /** Conversations as some answer had them. */
  | { type: 'loaded'; conversations: readonly Conversation[] }
  /** The server says there is none, or not for us. */
  | { type: 'gone'; conversationId: string };

export interface EventContext {
  me: string | null;
  /** Milliseconds since 1970. */
  now: number;
  /**
   * Between a connection and its `ready`: what the server was told to be known. A conversation comes behind everything
   * of it that was missed since then, so nothing lies before it.
   */
  told?: Since | null;
}

/**
 * What an event changes, as a value. Events may come twice, late, or after a fetch that contains them already: `seq`
 * and `rev` decide what is new. Where they show that something is missing, the result names what to fetch, and `rev`
 * stays behind until it has been fetched, so that nothing can hide the gap.
 */
export function applyEvent(cache: CacheView, event: ChatEvent, context: EventContext): Changes {
  const draft = draftOf(cache, context.now);
  apply(draft, event, context);
  return draft.changes();
}

function apply(draft: Draft, event: ChatEvent, context: EventContext): void {
  switch (event.type) {
    case 'message': {
      const { conversationId, rev, message } = event.payload;
      applyMessage(draft, { ...message, conversationId }, rev, context);
      return;
    }
    case 'message_updated': {
      const { conversationId, rev, message } = event.payload;
      applyChanged(draft, { ...message, conversationId }, rev, context);
      return;
    }
    case 'sent':
      addToThread(draft, event.message, null);
      return;
    case 'changed':
      replaceInThread(draft, event.message);
      return;
    case 'offer':
      applyOffer(draft, event.offer);
      return;
    case 'read':
      applyRead(draft, event.payload, context);
      return;
    case 'seen':
      applySeen(draft, event.conversationId, event.seq, context);
      return;
    case 'settings': {
      const known = conversationIn(draft, event.conversationId);
      if (known !== undefined) change(draft, known, { ...known, settings: event.settings });
      return;
    }
    case 'conversation_updated':
      applyConversation(draft, event.payload.conversation, 'event');
      noteRev(
        draft,
        event.payload.conversationId,
        event.payload.rev,
        context.told?.[event.payload.conversationId]?.rev,
      );
      return;
    case 'loaded':
      for (const conversation of event.conversations) applyConversation(draft, conversation, null);
      return;
    case 'gone':
      applyGone(draft, event.conversationId);
      return;
    case 'online_status':
      applyPresence(draft, event.payload);
      return;
    case 'typing':
      applyTyping(draft, event.payload, context);
      return;
    case 'notification':
      applyNotification(draft, event.payload.notification);
      return;
    case 'ready':
      for (const what of ['lists', 'unread-count', 'notifications', 'presence'] as const)
        draft.refetch({ what });
      return;
    case 'reset':
      applyReset(draft, event.payload.conversationId);
      return;
    case 'authenticated':
    case 'pong':
    case 'error':
      return;
    default:
      assertNever(event);
  }
}

function applyMessage(draft: Draft, message: Message, rev: number, { me, now }: EventContext): void {
  const { conversationId, senderId } = message;
  addToThread(draft, message, rev);
  noteRev(draft, conversationId, rev);
  noteNegotiation(draft, message);
  if (senderId !== null) stopTyping(draft, conversationId, senderId);
  if (senderId === me && message.clientMessageId != null) draft.settle(message.clientMessageId);

  const known = conversationIn(draft, conversationId);
  if (known === undefined) askFor(draft, conversationId);
  // A message that the conversation counts already was repeated for the thread; its `rev` may be the latest one, and
  // says nothing about the changes in between.
  else if (message.seq > known.lastSeq) {
    if (draft.lists().some(([key]) => isAsked(filterOf(key)))) draft.refetch({ what: 'asked-lists' });
    change(draft, known, advance(draft, known, withMessage(known, message, me, now), rev));
  }
}

/** A message that was taken back, corrected or reacted to. Not loaded, it only moves `rev`, and the preview if it is the newest. */
function applyChanged(draft: Draft, message: Message, rev: number, context: EventContext): void {
  const known = conversationIn(draft, message.conversationId);
  // Its first event is behind it, or was lost: it is complete, so it does for both.
  if (known !== undefined && message.seq > known.lastSeq) {
    applyMessage(draft, message, rev, context);
    return;
  }
  const thread = draft.get(keys.thread(message.conversationId));
  if (thread !== undefined && (rev > thread.rev || isChangeUnknown(thread, message)))
    replaceInThread(draft, message);
  noteRev(draft, message.conversationId, rev);
  noteNegotiation(draft, message);
  if (known === undefined) askFor(draft, message.conversationId);
  else if (rev > known.rev)
    change(draft, known, advance(draft, known, withChanged(known, message, rev), rev));
}

function replaceInThread(draft: Draft, message: Message): void {
  const key = keys.thread(message.conversationId);
  const before = draft.get(key);
  if (before === undefined) return;
  const thread = replaceMessage(before, message);
  if (thread === before) return;
  const known = conversationIn(draft, message.conversationId);
  draft.set(key, known === undefined ? thread : refreshReads(thread, known, message.seq - 1));
}

/**
 * What the loaded messages contain; where something lies between, they are looked at again. Of what has changed since
 * `told` everything has come: messages that were loaded meanwhile, from an older page, lack what was before it.
 */
function noteRev(draft: Draft, conversationId: string, rev: number, told?: number): void {
  const key = keys.thread(conversationId);
  const before = draft.get(key);
  if (before === undefined || rev <= before.rev) return;
  const isWhole = told !== undefined && before.rev >= told;
  const after = isWhole ? { ...before, rev } : withRev(before, rev);
  if (after !== before) draft.set(key, after);
  else draft.refetch({ what: 'changes', id: conversationId });
}

/** `rev` is that of the event; an answer has none. */
function addToThread(draft: Draft, message: Message, rev: number | null): void {
  const key = keys.thread(message.conversationId);
  const before = draft.get(key);
  if (before === undefined) return;
  // What it said when it was sent, and what is loaded is newer.
  const isOld = rev === null || rev <= before.rev;
  if (isOld && replaceMessage(before, message) !== before && !isChangeUnknown(before, message)) return;
  const { thread, missing } = insertMessage(before, message);
  if (thread === before) return;
  const known = conversationIn(draft, message.conversationId);
  draft.set(key, known === undefined ? thread : refreshReads(thread, known, message.seq - 1));
  if (missing) draft.refetch({ what: 'thread', id: message.conversationId });
}

type Payload<T extends ServerFrame['type']> = (ChatEvent & { type: T })['payload'];

function applyRead(draft: Draft, payload: Payload<'read'>, context: EventContext): void {
  const { conversationId, rev, userId, lastReadSeq } = payload;
  const known = conversationIn(draft, conversationId);
  if (known === undefined) {
    askFor(draft, conversationId);
    return;
  }
  noteRev(draft, conversationId, rev);
  if (rev <= known.rev) return;
  const marked = withReadMark(known, userId, lastReadSeq, context.me);
  change(draft, known, advance(draft, known, marked, rev));
}

function applySeen(draft: Draft, conversationId: string, seq: number, { me }: EventContext): void {
  const known = conversationIn(draft, conversationId);
  if (known !== undefined && me !== null) change(draft, known, withReadMark(known, me, seq, me));
}

/** Raises `rev` by the one step that is accounted for; after a larger one the conversation is asked for. */
function advance(draft: Draft, known: Conversation, after: Conversation, rev: number): Conversation {
  if (rev <= known.rev) return after;
  if (rev === known.rev + 1) return { ...after, rev };
  draft.refetch({ what: 'conversation', id: known.id, rev });
  return after;
}

/** An event about a conversation nobody has heard of: it was made while we were away, or is far down a list. */
function askFor(draft: Draft, conversationId: string): void {
  draft.refetch({ what: 'conversation', id: conversationId, rev: null });
  draft.refetch({ what: 'unread-count' });
}

/** An event says by how much the total changes; of an answer nobody knows whether the total contains it already. */
function applyConversation(draft: Draft, told: Conversation, source: 'event' | null): void {
  const known = conversationIn(draft, told.id);
  const after = newer(known, told);
  // Whoever joined may have left again since: only the server knows what lies between.
  if (known === undefined ? source === 'event' : after.rev > known.rev)
    draft.refetch({ what: 'events', id: after.id });
  if (source === 'event') change(draft, known, after);
  else if (after !== known) {
    store(draft, after);
    refreshThread(draft, known, after);
    if (known?.unreadCount !== after.unreadCount) recountUnread(draft, null);
  }
}

function change(draft: Draft, before: Conversation | undefined, after: Conversation): void {
  if (after === before) return;
  store(draft, after);
  refreshThread(draft, before, after);
  const unreadBefore = before?.unreadCount ?? 0;
  const counted = countedIn(after, draft.now) - (before === undefined ? 0 : countedIn(before, draft.now));
  if (counted !== 0) recountUnread(draft, counted);
  if (before !== undefined && after.unreadCount < unreadBefore) markNotificationsOf(draft, after);
}

function store(draft: Draft, conversation: Conversation): void {
  draft.set(keys.conversations, { ...draft.get(keys.conversations), [conversation.id]: conversation });
}

/** The read ticks of the loaded messages, and whether the newest of them are still missing. */
function refreshThread(draft: Draft, before: Conversation | undefined, after: Conversation): void {
  const key = keys.thread(after.id);
  const thread = draft.get(key);
  if (thread === undefined) return;
  if (before?.participants !== after.participants) {
    const refreshed = refreshReads(thread, after, settledSeq(before, after));
    if (refreshed !== thread) draft.set(key, refreshed);
  }
  if (!thread.hasNewer && (lastOf(thread)?.seq ?? 0) < after.lastSeq)
    draft.refetch({ what: 'thread', id: after.id });
  // What lies between may be on its way.
  if (thread.rev < after.rev) draft.refetch({ what: 'changes', id: after.id });
}

/** Exact where every conversation is known; otherwise close at once, and exact when the server has answered. */
function recountUnread(draft: Draft, difference: number | null): void {
  const exact = unreadOfAll(draft, draft.now);
  const count = draft.get(keys.unreadCount);
  if (exact !== null) draft.set(keys.unreadCount, exact);
  else if (count !== undefined && difference !== null) {
    draft.set(keys.unreadCount, Math.max(0, count + difference));
  }
  if (exact === null) draft.refetch({ what: 'unread-count' });
}

function applyGone(draft: Draft, conversationId: string): void {
  const { [conversationId]: gone, ...rest } = draft.get(keys.conversations) ?? {};
  if (gone !== undefined) draft.set(keys.conversations, rest);
  draft.set(keys.conversation(conversationId), undefined);
  draft.set(keys.thread(conversationId), undefined);
  draft.set(keys.typing(conversationId), undefined);
  draft.set(keys.events(conversationId), undefined);
  draft.refetch({ what: 'unread-count' });
}

function applyPresence(draft: Draft, { userId, isOnline, lastSeen }: Payload<'online_status'>): void {
  const before = draft.get(keys.presence(userId));
  const seen = lastSeen ?? before?.lastSeen ?? null;
  // Of somebody who is away and whose last visit is unknown, the server can still be asked.
  if (isOnline || seen !== null || before !== undefined)
    draft.set(keys.presence(userId), { id: userId, isOnline, lastSeen: seen });
  const known = draft.get(keys.conversations) ?? {};
  const changed = Object.values(known).flatMap((conversation) => {
    const after = withParticipant(conversation, userId, (participant) =>
      participant.isOnline === isOnline ? participant : { ...participant, isOnline },
    );
    return after === conversation ? [] : [[after.id, after] as const];
  });
  if (changed.length > 0) draft.set(keys.conversations, { ...known, ...Object.fromEntries(changed) });
}

function applyTyping(
  draft: Draft,
  { conversationId, userId, isTyping }: Payload<'typing'>,
  { me, now }: EventContext,
): void {
  if (userId === me) return;
  const key = keys.typing(conversationId);
  if (isTyping) draft.set(key, { ...draft.get(key), [userId]: now + limits.typingExpiresMs });
  else stopTyping(draft, conversationId, userId);
}

function stopTyping(draft: Draft, conversationId: string, userId: string): void {
  const key = keys.typing(conversationId);
  const { [userId]: until, ...rest }: Typing = draft.get(key) ?? {};
  if (until !== undefined) draft.set(key, rest);
}

function applyReset(draft: Draft, conversationId: string | undefined): void {
  if (conversationId === undefined) {
    draft.refetch({ what: 'everything' });
    return;
  }
  draft.refetch({ what: 'conversation', id: conversationId, rev: null });
  draft.refetch({ what: 'thread', id: conversationId });
  draft.refetch({ what: 'unread-count' });
}

function conversationIn(draft: Draft, id: string): Conversation | undefined {
  return draft.get(keys.conversations)?.[id];
}
