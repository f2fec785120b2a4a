import type { Message, Offer, Role } from '../client/types.ts';
import type { ModelServer, Row } from './model-types.ts';

interface Parts {
  rowOf: (id: string) => Row;
  placeOf: (row: Row, userId: string) => Role | undefined;
  append: (row: Row, userId: string, given: Partial<Message>) => Message;
  changeMessage: (
    conversationId: string,
    messageId: string,
    edit: (message: Row['messages'][number]) => Partial<Message> | null,
  ) => Message | null;
  time: () => string;
}

const outcomes = { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' } as const;

/** At most one is open in a conversation, and one answer to it is taken: two changes, of the offer and a word about it. */
export function createModelOffers({
  rowOf,
  placeOf,
  append,
  changeMessage,
  time,
}: Parts): Pick<ModelServer, 'offer' | 'answer'> {
  let made = 0;
  const offersIn = (row: Row) => row.messages.flatMap(({ offer }) => offer ?? []);
  const end = (offer: Offer, change: Partial<Offer>): Offer => {
    const after = { ...offer, rev: offer.rev + 1, answeredAt: time(), ...change };
    changeMessage(offer.conversationId, offer.messageId, () => ({ offer: after }));
    return after;
  };

  return {
    offer: (userId, id, { terms, counters, note, clientMessageId }) => {
      const row = rowOf(id);
      const same = row.messages.find((one) => one.clientMessageId === clientMessageId);
      if (same?.offer !== undefined) return { message: { ...same, isRead: false }, offer: same.offer };
      const role = placeOf(row, userId) ?? 'buyer';
      const open = offersIn(row).find((one) => one.state === 'open');
      if (open !== undefined && (open.id !== counters || open.role === role))
        return { code: 'offer_open', offer: open };
      const named = offersIn(row).find((one) => one.id === counters);
      if (named !== undefined && named.state !== 'open') return { code: 'offer_not_open', offer: named };
      made += 1;
      const offer: Offer = {
        id: `o${made}`,
        rev: 1,
        conversationId: id,
        messageId: `offer-${made}`,
        by: userId,
        role,
        state: 'open',
        terms,
        totals: { net: '600.00', currency: terms.currency ?? '' },
        validUntil: terms.validUntil ?? '',
        createdAt: time(),
        answeredAt: null,
        answeredBy: null,
        supersedes: open?.id ?? null,
        supersededBy: null,
      };
      if (open !== undefined) end(open, { state: 'countered', answeredBy: userId, supersededBy: offer.id });
      const message = append(row, userId, {
        id: offer.messageId,
        kind: 'offer',
        message: note === undefined ? 'Offer' : `Offer\n\n${note}`,
        clientMessageId,
        offer,
      });
      return { message, offer };
    },
    answer: (userId, id, offerId, answer, rev) => {
      const row = rowOf(id);
      const offer = offersIn(row).find((one) => one.id === offerId);
      if (offer === undefined) throw new Error(`no offer ${offerId}`);
      if (offer.state !== 'open') return { code: 'offer_not_open', offer };
      if (offer.rev !== rev) return { code: 'offer_changed', offer };
      const after = end(offer, { state: outcomes[answer], answeredBy: userId });
      const event = `offer_${outcomes[answer]}` as const;
      const system = { event, actorId: userId, offerId };
      const message = append(row, userId, { kind: 'system', message: `${userId} ${event}`, system });
      return { message, offer: after };
    },
  };
}
