import type { Conversation, Message, MessagePage } from '../client/types.ts';
import type { Thread } from './keys.ts';
import { participantsOf } from './people.ts';

export const lastOf = (thread: Thread): Message | undefined => thread.messages.at(-1);

/**
 * Puts a message at its place. `missing` says that the messages just before it are not there. A message outside of
 * the stretch changes nothing: it will come with its page.
 */
export function insertMessage(thread: Thread, message: Message): { thread: Thread; missing: boolean } {
  const { messages } = thread;
  const at = positionOf(messages, message.seq);
  if (messages[at]?.seq === message.seq) return { thread: replaceMessage(thread, message), missing: false };
  const isBefore = at === 0 && messages.length > 0;
  const isBehind = at === messages.length;
  if ((isBefore && thread.hasOlder) || (isBehind && thread.hasNewer)) return { thread, missing: false };
  const before = messages[at - 1];
  const missing = before === undefined ? message.seq > 1 && !thread.hasOlder : message.seq > before.seq + 1;
  return { thread: { ...thread, messages: messages.toSpliced(at, 0, message) }, missing };
}

/** The message as it is now, if it is in the stretch. What comes late does not bring back how it was before. */
export function replaceMessage(thread: Thread, message: Message): Thread {
  const at = positionOf(thread.messages, message.seq);
  const loaded = thread.messages[at];
  if (loaded?.seq !== message.seq || (loaded.changedRev ?? 0) > (message.changedRev ?? 0)) return thread;
  return { ...thread, messages: thread.messages.with(at, message) };
}

/** The message is loaded as it was before its last change. What was missed has the `rev` that we knew: it does not show it. */
export function isChangeUnknown(thread: Thread, message: Message): boolean {
  const loaded = thread.messages[positionOf(thread.messages, message.seq)];
  return loaded?.seq === message.seq && (message.changedRev ?? 0) > (loaded.changedRev ?? 0);
}

/** Nothing lies between what the stretch contains and this `rev`, which it contains now, too. */
export function withRev(thread: Thread, rev: number): Thread {
  return rev === thread.rev + 1 ? { ...thread, rev } : thread;
}

/** The index of the first message with this `seq` or a later one. */
export function positionOf(messages: readonly Message[], seq: number): number {
  let low = 0;
  let high = messages.length;
  // Nearly every message is the newest; look there first.
  if (high > 0 && (messages[high - 1]?.seq ?? 0) < seq) return high;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How far the stretch reaches without a hole; 0 when it is empty or its very beginning is missing. */
export function lastContiguousSeq(thread: Thread): number {
  const { messages } = thread;
  const first = messages[0];
  const last = messages.at(-1);
  if (first === undefined || last === undefined) return 0;
  if (!thread.hasOlder && first.seq > 1) return 0;
  if (last.seq - first.seq === messages.length - 1) return last.seq;
  let seq = first.seq;
  for (const message of messages) {
    if (message.seq > seq + 1) break;
    seq = message.seq;
  }
  return seq;
}

export function hasHole(thread: Thread): boolean {
  const last = lastOf(thread);
  return last !== undefined && lastContiguousSeq(thread) < last.seq;
}

/** A page as the server gives it, newest first, as a stretch of its own, at least as new as this `rev`. */
export function threadFromPage(page: MessagePage, rev: number): Thread {
  return {
    messages: page.messages.toReversed(),
    hasOlder: page.hasMore,
    hasNewer: page.hasNewer ?? false,
    rev,
  };
}

/**
 * Two stretches as one, if they touch or overlap; the second wins where both have a message, for its links are
 * fresher. Null when there is a gap between them.
 */
export function joinThreads(a: Thread, b: Thread): Thread | null {
  const firstA = a.messages[0];
  const firstB = b.messages[0];
  const lastA = lastOf(a);
  const lastB = lastOf(b);
  if (firstA === undefined || lastA === undefined) return b;
  if (firstB === undefined || lastB === undefined) return a;
  if (firstB.seq > lastA.seq + 1 || firstA.seq > lastB.seq + 1) return null;
  const start = positionOf(a.messages, firstB.seq);
  const end = positionOf(a.messages, lastB.seq + 1);
  // Inside of `b` lies everything the server has, except what arrived in `a` after the page was cut.
  const inside = a.messages.slice(start, end);
  const extra = inside.length === 0 ? [] : inside.filter((message) => !has(b.messages, message.seq));
  const middle = extra.length === 0 ? b.messages : [...b.messages, ...extra].sort((x, y) => x.seq - y.seq);
  return {
    messages: a.messages.slice(0, start).concat(middle, a.messages.slice(end)),
    // `seq` begins with 1; a stretch that lost its beginning learns here that there is one.
    hasOlder: Math.min(firstA.seq, firstB.seq) > 1,
    hasNewer: lastA.seq > lastB.seq ? a.hasNewer : b.hasNewer,
    rev: Math.min(a.rev, b.rev),
  };
}

function has(messages: readonly Message[], seq: number): boolean {
  return messages[positionOf(messages, seq)]?.seq === seq;
}

/** Brings `isRead` of the messages behind `afterSeq` in line with the read marks: read by all but the sender. */
export function refreshReads(thread: Thread, conversation: Conversation, afterSeq = 0): Thread {
  const people = participantsOf(conversation);
  let changed: Message[] | null = null;
  // May run over 100,000 messages: plain loops, nothing allocated.
  for (let at = positionOf(thread.messages, afterSeq + 1); at < thread.messages.length; at += 1) {
    const message = thread.messages[at];
    if (message === undefined) break;
    let readers = 0;
    let unread = 0;
    for (const person of people) {
      if (person.id === message.senderId) continue;
      readers += 1;
      if (person.lastReadSeq < message.seq) unread += 1;
    }
    const isRead = readers > 0 && unread === 0;
    if (isRead === message.isRead) continue;
    changed ??= [...thread.messages];
    changed[at] = { ...message, isRead };
  }
  return changed === null ? thread : { ...thread, messages: changed };
}

/** Up to where everybody has read in both states: before it no `isRead` changes, unless people came or went. */
export function settledSeq(before: Conversation | undefined, after: Conversation): number {
  const [old, now] = [before === undefined ? [] : participantsOf(before), participantsOf(after)];
  const isSame = old.length === now.length && old.every((person, at) => person.id === now[at]?.id);
  return isSame ? Math.min(...old.map((person) => person.lastReadSeq)) : 0;
}
