import { expect, it } from 'vitest';
import { acceptOf, defaultServerLimits, kindsOf, limitsFrom } from './server-limits.ts';

const pdf = { type: 'application/pdf', endings: ['pdf'] };

it('limits are what the server tells, and as before where it tells nothing', () => {
  const told = { messageCharacters: 500, attachmentBytes: 1 << 20, attachmentTypes: [pdf], offers: true };
  expect(limitsFrom(told, defaultServerLimits)).toEqual({
    ...defaultServerLimits,
    messageCharacters: 500,
    offers: true,
    attachmentBytes: 1 << 20,
    attachmentTypes: [pdf],
  });
});

it.each([null, 'no', {}, { messageCharacters: 'many', attachmentBytes: -1, attachmentTypes: null }])(
  'an answer that tells nothing (%j) changes nothing',
  (answer) => {
    expect(limitsFrom(answer, defaultServerLimits)).toEqual(defaultServerLimits);
  },
);

it('kinds of files are named for people and for a file dialog', () => {
  const types = [pdf, { type: 'image/jpeg', endings: ['.JPG', '.jpeg'] }];
  const { attachmentTypes } = limitsFrom({ attachmentTypes: types }, defaultServerLimits);
  expect(kindsOf(attachmentTypes)).toEqual(['PDF', 'JPG']);
  expect(acceptOf(attachmentTypes)).toBe('application/pdf,.pdf,image/jpeg,.jpg,.jpeg');
  expect(acceptOf(defaultServerLimits.attachmentTypes)).toContain('.png,.jpg,.jpeg');
});
