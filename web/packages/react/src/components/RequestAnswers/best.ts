import type { RequestAnswer } from '../../client/index.ts';
import { amountOf } from '../Offer/decimal.ts';

/** Of those that can be compared: of what suppliers offer and what was accepted, in one currency, and only where there are two. */
export function bestOf(answers: readonly RequestAnswer[]): { lowest: string | null; fastest: string | null } {
  const counted = answers.flatMap(({ offer, state, supplierId }) =>
    offer !== null && (state === 'accepted' || (state === 'offered' && offer.role === 'supplier'))
      ? [{ offer, supplierId }]
      : [],
  );
  const isOneCurrency = new Set(counted.map(({ offer }) => offer.totals.currency)).size === 1;
  const totals = counted.map(({ offer, supplierId }) => ({ supplierId, value: amountOf(offer.totals.net) }));
  const times = counted.map(({ offer, supplierId }) => {
    const days = offer.terms.leadTimeDays;
    return { supplierId, value: days === undefined ? null : BigInt(days) };
  });
  return { lowest: isOneCurrency ? leastOf(totals) : null, fastest: leastOf(times) };
}

/** Null where nothing is to be compared, or two share the place. */
function leastOf(all: readonly { supplierId: string; value: bigint | null }[]): string | null {
  const known = all.flatMap(({ supplierId, value }) => (value === null ? [] : [{ supplierId, value }]));
  const sorted = known.sort((a, b) => (a.value < b.value ? -1 : 1));
  const [first, second] = sorted;
  return first && second && first.value < second.value ? first.supplierId : null;
}
