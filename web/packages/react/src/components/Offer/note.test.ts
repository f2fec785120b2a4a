import { expect, it } from 'vitest';
import { noteIn } from './note.ts';
import { offerOf } from './testing/offers.ts';

const { terms } = offerOf();

it('is what stands behind the terms', () => {
  expect(noteIn('Offer: EUR 600.00\n1. Bolts\nPayment: 30 days\n\nTwo\n\nparagraphs', terms)).toBe(
    'Two\n\nparagraphs',
  );
  expect(noteIn('Offer: EUR 600.00\n1. Bolts\nPayment: 30 days', terms)).toBe('');
});

it('is none of the empty lines that terms have themselves', () => {
  const own = { ...terms, payment: 'Half now\n\nhalf later', remarks: 'First\n\nsecond' };
  const words = `Offer\n1. Bolts\nPayment: ${own.payment}\nRemarks: ${own.remarks}`;
  expect(noteIn(words, own)).toBe('');
  expect(noteIn(`${words}\n\nThank you`, own)).toBe('Thank you');
});
