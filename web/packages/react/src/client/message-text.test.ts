import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { charactersOf, plainText } from './message-text.ts';

describe('a text is counted as the server counts it', () => {
  it.each([
    ['one emoji is one character', '👍', 1],
    ['a composed letter is one, however it was typed', 'e\u0301', 1],
    ['space around the text does not count', '  two \u2003\n', 3],
    ['line breaks of Windows are one each', 'a\r\nb\rc', 5],
    ['what nobody can see does not count', 'a\0\u0007\u202Eb\u2066\u009f', 2],
    ['the marks of Arabic and Hebrew count', 'a\u200Fb', 3],
    ['a zero-width no-break space is no space', '\uFEFFa', 2],
    ['a comparison counts as it was typed', 'x<y', 3],
  ])('%s', (_what, text, count) => {
    expect(charactersOf(text)).toBe(count);
  });

  it('letters, digits and marks all stay, in their order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const words = (from: string) =>
          from
            .normalize('NFC')
            .match(/[\p{L}\p{N}\p{M}]/gu)
            ?.join('') ?? '';
        expect(words(plainText(text))).toBe(words(text));
        expect(plainText(plainText(text))).toBe(plainText(text));
      }),
    );
  });

  it('half a surrogate pair is still seen, and JSON can carry it', () => {
    expect(plainText('a\uD83Db')).toBe('a\uFFFDb');
  });
});
