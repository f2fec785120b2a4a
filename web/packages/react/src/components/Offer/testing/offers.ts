import type { Offer } from '../../../client/index.ts';

/** An open offer of the supplier of the fixtures, with what matters to a test changed. */
export function offerOf(given: Partial<Offer> = {}): Offer {
  const validUntil = given.validUntil ?? new Date(Date.now() + 10 * 86_400_000).toISOString();
  return {
    id: 'o1',
    rev: 1,
    conversationId: 'c1',
    messageId: 'm1',
    by: 'u-mill',
    role: 'supplier',
    state: 'open',
    terms: {
      items: [{ name: 'Bolts', quantity: '500', unit: 'pcs', unitPrice: '1.20' }],
      currency: 'EUR',
      incoterm: 'FOB',
      place: 'Izmir',
      payment: '30 days',
      validUntil,
    },
    totals: { net: '600.00', currency: 'EUR' },
    validUntil,
    createdAt: '2026-03-02T10:00:00.000Z',
    answeredAt: null,
    answeredBy: null,
    supersedes: null,
    supersededBy: null,
    ...given,
  };
}
