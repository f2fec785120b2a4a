import { expect, it } from 'vitest';
import type { OfferTerms } from '../../client/index.ts';
import { changesBetween } from './changes.ts';
import { offerOf } from './testing/offers.ts';

const bolts = { name: 'Bolts', quantity: '500', unit: 'pcs', unitPrice: '1.20' };
const nuts = { name: 'Nuts', quantity: '500', unit: 'pcs', unitPrice: '0.10' };
const until = '2026-12-31T12:00:00.000Z';
const offer = (terms: Partial<OfferTerms>, net = '600.00') => {
  const base = offerOf({ validUntil: until, totals: { net, currency: 'EUR' } });
  return { ...base, terms: { ...base.terms, ...terms } };
};

it('is nothing between the same, however it is written', () => {
  const changes = changesBetween(
    offer({ items: [{ ...bolts, unitPrice: '1.2' }] }),
    offer({ items: [bolts] }),
  );
  expect(changes).toMatchObject({ count: 0, items: [null], removed: [], total: null });
});

it('is nothing where the end differs by less than anybody sees', () => {
  const at = (validUntil: string) => offer({ validUntil });
  expect(changesBetween(at('2026-12-31T12:00:59.999Z'), at('2026-12-31T12:00:00.000Z')).count).toBe(0);
  expect(changesBetween(at('2026-12-31T12:01:00.000Z'), at('2026-12-31T12:00:00.000Z')).count).toBe(1);
});

it('follows an item by its name, wherever it stands', () => {
  const { items, removed } = changesBetween(
    offer({ items: [nuts, { ...bolts, quantity: '600' }] }),
    offer({ items: [bolts, nuts] }),
  );
  expect(items).toEqual([null, { was: bolts, fields: new Set(['quantity']) }]);
  expect(removed).toEqual([]);
});

it('knows what is new, what is gone and what is only called otherwise', () => {
  const washers = { ...nuts, name: 'Washers' };
  expect(changesBetween(offer({ items: [bolts, nuts] }), offer({ items: [bolts] })).items).toEqual([
    null,
    'new',
  ]);
  expect(changesBetween(offer({ items: [bolts] }), offer({ items: [bolts, nuts] })).removed).toEqual([nuts]);
  const renamed = changesBetween(offer({ items: [bolts, washers] }), offer({ items: [bolts, nuts] }));
  expect(renamed.items[1]).toEqual({ was: nuts, fields: new Set(['name']) });
});

it('tells the total and every other term that differs', () => {
  const changes = changesBetween(offer({ place: 'Rotterdam', remarks: 'Soon' }, '580.00'), offer({}));
  expect(changes.total).toBe('600.00');
  expect([...changes.fields]).toEqual(['place', 'remarks']);
  expect(changes.count).toBe(2);
});
