import { expect, it } from 'vitest';
import { textLimitOf } from './text-limit.ts';

const largest = 10_000;

it('says nothing while there is room', () => {
  expect(textLimitOf('a'.repeat(9_000), largest)).toEqual({ over: 0, left: null });
});

it('says what is left near the end', () => {
  expect(textLimitOf('a'.repeat(9_900), largest)).toEqual({ over: 0, left: 100 });
  expect(textLimitOf('a'.repeat(40), 100)).toEqual({ over: 0, left: null });
  expect(textLimitOf('a'.repeat(98), 100)).toEqual({ over: 0, left: 2 });
});

it('counts a character outside the basic plane once', () => {
  expect(textLimitOf('\u{1F4E6}'.repeat(10_001), largest)).toEqual({ over: 1, left: null });
});

it('counts what the server makes of a character that has no composed form', () => {
  expect(textLimitOf('\u0958'.repeat(5_001), largest)).toEqual({ over: 2, left: null });
});
