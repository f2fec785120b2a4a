// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { Conversation, Message, Offer } from '../client/types.ts';
import { offerOf } from '../components/Offer/testing/offers.ts';
import { cacheOf } from '../testing/cache-of.ts';
import { conversationOf, messageAt, timeAt } from '../testing/samples.ts';
import { applyEvent, type ChatEvent } from './apply-event.ts';
import { keys, type Thread } from './keys.ts';

const open = offerOf();
const withdrawn: Offer = { ...open, rev: 2, state: 'withdrawn' };
const glance = { id: open.id, role: open.role, state: open.state };
const before = conversationOf({ lastSeq: 1, offer: glance });

function applied(
  event: ChatEvent,
  conversation: Conversation = before,
  first: Partial<Message> = { offer: open },
) {
  const thread: Thread = { messages: [messageAt(1, first)], hasOlder: false, hasNewer: false, rev: 1 };
  const cache = cacheOf([keys.conversations, { c1: conversation }], [keys.thread('c1'), thread]);
  const { writes, refetch } = applyEvent(cache, event, { me: 'bob', now: 0 });
  const written = new Map(writes.map(([key, data]) => [key[1], data]));
  const conversations = written.get('conversations') as Record<string, Conversation> | undefined;
  return {
    conversation: conversations?.['c1'],
    offer: (written.get('thread') as Thread | undefined)?.messages[0]?.offer,
    asked: refetch.map(({ what }) => what),
  };
}

describe('an offer as an answer has it', () => {
  it('is what thread and conversation show', () => {
    const { conversation, offer } = applied({ type: 'offer', offer: withdrawn });
    expect(offer).toEqual(withdrawn);
    expect(conversation?.offer?.state).toBe('withdrawn');
  });

  it('is asked for of its request also where its conversation is not known', () => {
    const cache = cacheOf([keys.conversations, {}]);
    const event: ChatEvent = { type: 'offer', offer: { ...withdrawn, requestId: 'r1' } };
    expect(applyEvent(cache, event, { me: 'bob', now: 0 }).refetch).toEqual([{ what: 'requests' }]);
  });

  it('changes nothing where a newer one is known', () => {
    const { offer } = applied({ type: 'offer', offer: open }, before, { offer: withdrawn });
    expect(offer).toBeUndefined();
    const ended = { ...before, offer: { ...glance, state: 'withdrawn' as const } };
    expect(applied({ type: 'offer', offer: open }, ended).conversation).toBeUndefined();
  });

  it('is not what a conversation shows that has another by now', () => {
    const other = { ...before, offer: { ...glance, id: 'o9' } };
    expect(applied({ type: 'offer', offer: withdrawn }, other).conversation).toBeUndefined();
  });
});

it('a message that is an offer is the newest offer of its conversation, and of its request', () => {
  const offer = { ...open, id: 'o2', messageId: 'm2', requestId: 'r1' };
  const { conversation, asked } = applied({
    type: 'message',
    payload: { conversationId: 'c1', rev: 2, message: messageAt(2, { kind: 'offer', offer }) },
  });
  expect(conversation?.offer).toEqual({ ...glance, id: 'o2' });
  expect(asked).toContain('requests');
});

describe('what happened', () => {
  const happened = (lastReadSeq: number) =>
    applied(
      {
        type: 'message',
        payload: {
          conversationId: 'c1',
          rev: 2,
          message: messageAt(4, {
            kind: 'system',
            senderId: 'bob',
            senderType: 'supplier',
            system: { event: 'offer_accepted', actorId: 'bob', offerId: 'o1' },
            createdAt: timeAt(4),
          }),
        },
      },
      conversationOf({
        lastSeq: 3,
        lastReadSeq,
        unreadCount: 3 - lastReadSeq,
        participants: {
          buyer: { id: 'bea', name: 'Bea', isOnline: false, lastReadSeq: 3 },
          supplier: { id: 'bob', name: 'Bob', isOnline: true, lastReadSeq },
        },
      }),
    ).conversation;

  it('is read by who did it, if they had read what was there', () => {
    expect(happened(3)).toMatchObject({ lastReadSeq: 4, unreadCount: 0 });
  });

  it('and leaves what they have not read', () => {
    expect(happened(1)).toMatchObject({ lastReadSeq: 1, unreadCount: 3 });
  });
});
