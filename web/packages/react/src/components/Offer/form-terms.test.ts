import { describe, expect, it } from 'vitest';
import { english } from '../../labels/index.ts';
import { type FormTerms, formOf, problemsIn, termsOf, totalOf } from './form-terms.ts';
import { offerOf } from './testing/offers.ts';

const now = new Date(2026, 2, 1, 12);
const words = english.offer.problems;
const filled = (change: Partial<FormTerms> = {}): FormTerms => ({
  ...formOf(offerOf({ validUntil: '2026-03-20T12:00:00.000Z' }).terms, now),
  ...change,
});
const item = (change: Partial<FormTerms['items'][number]>) => {
  const [first] = filled().items;
  return filled({ items: first ? [{ ...first, ...change }] : [] });
};

describe('the form of an offer', () => {
  it('gives back the terms that it began with, to the second', () => {
    expect(termsOf(filled(), 'offer', now)).toEqual(
      offerOf({ validUntil: '2026-03-20T12:00:00.000Z' }).terms,
    );
    expect(termsOf(filled(), 'request', now).items[0]).not.toHaveProperty('unitPrice');
  });

  it('ends with the day that one chooses, or with the day of what is over meanwhile', () => {
    const until = (form: FormTerms, at = now) => termsOf(form, 'offer', at).validUntil;
    expect(until(filled({ validUntil: '2026-03-21' }))).toBe(
      new Date(2026, 2, 21, 23, 59, 59, 999).toISOString(),
    );
    const given = new Date(2026, 2, 20, 12);
    const form = formOf(offerOf({ validUntil: given.toISOString() }).terms, now);
    const evening = new Date(2026, 2, 20, 18);
    expect(until(form, evening)).toBe(new Date(2026, 2, 20, 23, 59, 59, 999).toISOString());
    expect(problemsIn(form, 'offer', evening, words)).toEqual({});
    expect(until({ ...form, validUntil: '' })).toBeUndefined();
  });

  it('begins with two weeks where the terms are over', () => {
    expect(formOf(offerOf({ validUntil: '2020-03-20T12:00:00.000Z' }).terms, now).validUntil).toBe(
      '2026-03-15',
    );
  });

  it('adds up as one types, in digits of any script', () => {
    expect(totalOf(filled())).toBe('600.00');
    expect(totalOf(item({ quantity: '٥٠٠', unitPrice: '١٫٢٠' }))).toBe('600.00');
    expect(totalOf(item({ quantity: '' }))).toBeNull();
  });

  it('finds nothing wrong with what is right', () => {
    expect(problemsIn(filled(), 'offer', now, words)).toEqual({});
  });

  it.each([
    ['terms.items[0].name', item({ name: ' ' }), words.required],
    ['terms.items[0].name', item({ name: 'x'.repeat(201) }), words.tooLong(200, 201)],
    ['terms.items[0].unit', item({ unit: '' }), words.required],
    ['terms.items[0].quantity', item({ quantity: '0.000' }), words.positive],
    ['terms.items[0].quantity', item({ quantity: '' }), words.required],
    ['terms.items[0].unitPrice', item({ unitPrice: '1,50' }), words.amount],
    ['terms.items[0].unitPrice', item({ unitPrice: '1.23456' }), words.amount],
    ['terms.items', item({ quantity: '999999999999', unitPrice: '2' }), words.total],
    ['terms.currency', filled({ currency: '' }), words.required],
    ['terms.place', filled({ place: '' }), words.place],
    ['terms.incoterm', filled({ incoterm: '' }), words.incoterm],
    ['terms.leadTimeDays', filled({ leadTimeDays: '3651' }), words.days(3650)],
    ['terms.leadTimeDays', filled({ leadTimeDays: '1.5' }), words.days(3650)],
    ['terms.payment', filled({ payment: 'x'.repeat(501) }), words.tooLong(500, 501)],
    ['terms.validUntil', filled({ validUntil: '' }), words.required],
    ['terms.validUntil', filled({ validUntil: '2026-02-28' }), words.past],
    ['terms.validUntil', filled({ validUntil: '2027-03-10' }), words.tooFar],
    ['terms.remarks', filled({ remarks: 'x'.repeat(2001) }), words.tooLong(2000, 2001)],
    ['note', filled({ note: 'x'.repeat(2001) }), words.tooLong(2000, 2001)],
  ])('says at %s what is wrong', (name, form, problem) => {
    expect(problemsIn(form, 'offer', now, words)).toEqual({ [name]: problem });
  });

  it('of a request needs goods only', () => {
    const form = { ...item({ unitPrice: '' }), currency: '', validUntil: '' };
    expect(problemsIn(form, 'request', now, words)).toEqual({});
  });
});
