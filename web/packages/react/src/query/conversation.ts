import type { Conversation, ConversationSettings, Message, Offer } from '../client/types.ts';
import { participantsOf, withParticipant } from './people.ts';

type ConversationOffer = NonNullable<Conversation['offer']>;

const previewCharacters = 200;

/** The conversation after this message: preview, counters and the sender's own read mark. `rev` stays. */
export function withMessage(
  before: Conversation,
  message: Message,
  me: string | null,
  now: number,
): Conversation {
  const newest =
    message.seq > before.lastSeq
      ? {
          ...broughtBack(before, now),
          lastSeq: message.seq,
          lastMessage: previewOf(message),
          lastMessageAt: message.createdAt,
          ...(message.offer && { offer: glanceAt(message.offer) }),
        }
      : before;
  const { senderId, seq } = message;
  const isRead = senderId !== null && (message.kind !== 'system' || hadRead(before, senderId, seq - 1));
  return recount(isRead ? withReadMark(newest, senderId, seq, me) : newest);
}

/** Whoever does something has not read what was said before by that, unlike whoever answers it. */
function hadRead(conversation: Conversation, userId: string, seq: number): boolean {
  return participantsOf(conversation).some(({ id, lastReadSeq }) => id === userId && lastReadSeq >= seq);
}

/** What was put away comes back with a new message, unless nobody wants to hear of it. */
function broughtBack(conversation: Conversation, now: number): Conversation {
  const { settings } = conversation;
  if (!settings?.isArchived || isMuted(settings, now)) return conversation;
  return { ...conversation, settings: { ...settings, isArchived: false } };
}

export function isMuted(settings: ConversationSettings | undefined, now: number): boolean {
  return settings?.mutedUntil != null && Date.parse(settings.mutedUntil) > now;
}

/** The conversation after this message was changed: it may be the one that the list shows. */
export function withChanged(before: Conversation, message: Message, rev: number): Conversation {
  const messagesRev = Math.max(before.messagesRev ?? 0, rev);
  const after = { ...withOffer(before, message.offer), messagesRev };
  if (message.seq !== before.lastSeq) return after;
  return { ...after, lastMessage: previewOf(message) };
}

const glanceAt = ({ id, role, state }: Offer): ConversationOffer => ({ id, role, state });

/** The conversation shows its newest offer; what became of an older one changes nothing there. */
export function withOffer(before: Conversation, offer: Offer | undefined): Conversation {
  const shown = before.offer;
  if (offer === undefined || shown === undefined || shown.id !== offer.id) return before;
  // An offer is open, and then something else for ever.
  if (shown.state !== 'open' || offer.state === 'open') return before;
  return { ...before, offer: glanceAt(offer) };
}

/** Read marks only move forward. */
export function withReadMark(
  conversation: Conversation,
  userId: string,
  seq: number,
  me: string | null,
): Conversation {
  const marked = withParticipant(conversation, userId, (participant) =>
    participant.lastReadSeq >= seq ? participant : { ...participant, lastReadSeq: seq },
  );
  if (userId !== me || marked.lastReadSeq === null || marked.lastReadSeq >= seq) return recount(marked);
  return recount({ ...marked, lastReadSeq: seq });
}

/** The newer of what is known and what was told; a higher `rev` wins, and nothing that only grows shrinks. */
export function newer(known: Conversation | undefined, told: Conversation): Conversation {
  if (known === undefined) return told;
  if (known.rev > told.rev) return withPresenceOf(known, told);
  let merged = told;
  // Behind a gap our messages may be ahead of our `rev`.
  if (known.lastSeq > told.lastSeq) {
    const { lastSeq, lastMessage, lastMessageAt } = known;
    merged = { ...merged, lastSeq, lastMessage, lastMessageAt };
  }
  for (const { id, lastReadSeq } of participantsOf(known)) {
    merged = withParticipant(merged, id, (participant) =>
      participant.lastReadSeq >= lastReadSeq ? participant : { ...participant, lastReadSeq },
    );
  }
  if (merged.lastReadSeq !== null && known.lastReadSeq !== null && known.lastReadSeq > merged.lastReadSeq) {
    merged = { ...merged, lastReadSeq: known.lastReadSeq };
  }
  return merged === told ? told : recount(merged);
}

/** Who is online is no part of what `rev` counts: the latest to tell is right. */
function withPresenceOf(conversation: Conversation, told: Conversation): Conversation {
  return participantsOf(told).reduce(
    (result, { id, isOnline }) =>
      withParticipant(result, id, (one) => (one.isOnline === isOnline ? one : { ...one, isOnline })),
    conversation,
  );
}

/** Whoever has no place in the conversation has nothing unread there. */
function recount(conversation: Conversation): Conversation {
  const { lastReadSeq, lastSeq } = conversation;
  const unreadCount = lastReadSeq === null ? 0 : Math.max(0, lastSeq - lastReadSeq);
  return unreadCount === conversation.unreadCount ? conversation : { ...conversation, unreadCount };
}

/** One line, as the server makes it. */
function previewOf(message: Message): string {
  const text = message.message.replace(/\s+/gu, ' ').trim();
  const shown = text === '' ? (message.files[0]?.name ?? '') : text;
  const characters = [...shown];
  if (characters.length <= previewCharacters) return shown;
  return `${characters.slice(0, previewCharacters - 1).join('')}…`;
}

/** When something last happened there: what lists are sorted by. */
export function activityOf(conversation: Conversation): string {
  return conversation.lastMessageAt ?? conversation.createdAt;
}
