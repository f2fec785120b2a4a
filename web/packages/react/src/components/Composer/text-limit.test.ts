import { expect, it } from 'vitest';
import { textLimitOf } from './text-limit.ts';

it('says nothing while there is room', () => {
  expect(textLimitOf('a'.repeat(9_000))).toEqual({ over: 0, left: null });
});

it('says what is left near the end', () => {
  expect(textLimitOf('a'.repeat(9_900))).toEqual({ over: 0, left: 100 });
});

it('counts a character outside the basic plane once', () => {
  expect(textLimitOf('\u{1F4E6}'.repeat(10_001))).toEqual({ over: 1, left: null });
});
