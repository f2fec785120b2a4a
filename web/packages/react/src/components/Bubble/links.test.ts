import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOf } from './links.ts';

const linksIn = (text: string) =>
  partsOf(text).flatMap(({ text: shown, href }) => (href ? [[shown, href]] : []));
/** The one link of a text, as it is shown. */
const shown = (text: string) => linksIn(text).map(([address]) => address);

it('links web addresses and leaves the full stop outside', () => {
  expect(partsOf('See https://example.com/a?b=1. Thanks')).toEqual([
    { text: 'See ', href: null },
    { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
    { text: '. Thanks', href: null },
  ]);
});

describe('a web address', () => {
  it.each([
    ['keeps parentheses that are its own', 'https://en.wikipedia.org/wiki/Bearing_(mechanical)'],
    ['keeps a port', 'http://shop.example:8443/a'],
    ['keeps letters of any script', 'https://bücher.example/größe/日本'],
    ['keeps query and fragment', 'https://a.example/b?c=d&e=[1]#f'],
    ['keeps an address of numbers', 'http://[::1]:8080/x'],
    ['keeps capitals', 'HTTPS://EXAMPLE.COM/A'],
    ['keeps a slash at the end', 'https://a.example/'],
    ['keeps an apostrophe inside', "https://a.example/o'neil/x"],
  ])('%s', (_what, address) => {
    expect(shown(`Look: ${address}, please`)).toEqual([address]);
    expect(shown(`(${address})`)).toEqual([address]);
    expect(shown(`“${address}”.`)).toEqual([address]);
    expect(shown(`< ${address}>`)).toEqual([address]);
  });

  it.each([
    ['(see https://a.example/x_(y).)', 'https://a.example/x_(y)'],
    ['"https://a.example/x"', 'https://a.example/x'],
    ["'https://a.example/x'", 'https://a.example/x'],
    ['«https://a.example/x»', 'https://a.example/x'],
    ['**https://a.example/x**', 'https://a.example/x'],
    ['https://a.example/x…', 'https://a.example/x'],
    ['请看https://a.example/x。谢谢', 'https://a.example/x'],
    ['「https://a.example/x」', 'https://a.example/x'],
    ['انظر https://a.example/x، شكرا', 'https://a.example/x'],
    ['https://a.example/x?!', 'https://a.example/x'],
    ['देखें https://a.example/x।', 'https://a.example/x'],
    ['\u200Ehttps://a.example/x\u200E', 'https://a.example/x'],
    ['\u2068https://a.example/x\u2069', 'https://a.example/x'],
    ['https://a.example/x\u200Bmore', 'https://a.example/x'],
    ['请看https://a.example谢谢', 'https://a.example'],
    ['https://a.example,https://a.example', 'https://a.example'],
    ['[text](https://a.example/x)', 'https://a.example/x'],
  ])('leaves the punctuation of %s outside', (text, address) => {
    expect(new Set(shown(text))).toEqual(new Set([address]));
  });

  it('may begin with www', () => {
    expect(linksIn('on www.example.com/catalogue, and www.bücher.example:81.')).toEqual([
      ['www.example.com/catalogue', 'https://www.example.com/catalogue'],
      ['www.bücher.example:81', 'https://www.bücher.example:81'],
    ]);
    expect(linksIn('www. is short, awww.example.com is none, nor is www.x')).toEqual([]);
  });
});

it('mail addresses become links', () => {
  expect(linksIn('Write to anna.b+po@mail.example.com. Or < ben@b.example>, 邮箱carl@c.example请')).toEqual([
    ['anna.b+po@mail.example.com', 'mailto:anna.b+po@mail.example.com'],
    ['ben@b.example', 'mailto:ben@b.example'],
    ['carl@c.example', 'mailto:carl@c.example'],
  ]);
  expect(linksIn('dora@bücher.example')).toEqual([['dora@bücher.example', 'mailto:dora@bücher.example']]);
  expect(linksIn('müller@a.example, ίρις@a.example, Юрий.К@a.example')).toEqual([
    ['müller@a.example', 'mailto:müller@a.example'],
    ['ίρις@a.example', 'mailto:ίρις@a.example'],
    ['Юрий.К@a.example', 'mailto:Юрий.К@a.example'],
  ]);
  expect(linksIn('M8 @ 2.40, @anna, a@b, x@y@z.example')).toEqual([]);
});

it('telephone numbers become links', () => {
  expect(linksIn('Call +49 30 1234-567, +1 (555) 010-9999 or +49 (0)30 123456.')).toEqual([
    ['+49 30 1234-567', 'tel:+49301234567'],
    ['+1 (555) 010-9999', 'tel:+15550109999'],
    ['+49 (0)30 123456', 'tel:+4930123456'],
  ]);
  expect(linksIn('Tel.: 030 1234567, fax (030) 1234568')).toEqual([
    ['030 1234567', 'tel:0301234567'],
    ['(030) 1234568', 'tel:0301234568'],
  ]);
});

it('telephone numbers in the digits of other scripts, and behind the words of other languages, become links', () => {
  expect(linksIn('هاتف: ٠٥٠١٢٣٤٥٦٧ أو +٩٦٦ ٥٠ ١٢٣ ٤٥٦٧، تلفن ۰۲۱ ۱۲۳۴۵۶۷، ＋４９ ３０ １２３４５６')).toEqual(
    [
      ['٠٥٠١٢٣٤٥٦٧', 'tel:0501234567'],
      ['+٩٦٦ ٥٠ ١٢٣ ٤٥٦٧', 'tel:+966501234567'],
      ['۰۲۱ ۱۲۳۴۵۶۷', 'tel:0211234567'],
      ['＋４９ ３０ １２３４５６', 'tel:+4930123456'],
    ],
  );
  expect(linksIn('Tél. 01 23 45 67 89, móvil 612 345 678, тел.: 495 1234567, 手机 13812345678')).toEqual([
    ['01 23 45 67 89', 'tel:0123456789'],
    ['612 345 678', 'tel:612345678'],
    ['495 1234567', 'tel:4951234567'],
    ['13812345678', 'tel:13812345678'],
  ]);
});

it('a second ending behind a slash is not dialled with the number', () => {
  expect(linksIn('+44 20 7946 0958/9, +49 711/12 34-56, +49 30 123456/57')).toEqual([
    ['+44 20 7946 0958', 'tel:+442079460958'],
    ['+49 711/12 34-56', 'tel:+49711123456'],
    ['+49 30 123456', 'tel:+4930123456'],
  ]);
});

it('telephone numbers as they are dialled in a country, or from abroad, become links', () => {
  expect(linksIn('0711/1234567 or (020) 7946 0958, from here 00 44 20 7946 0958.')).toEqual([
    ['0711/1234567', 'tel:07111234567'],
    ['(020) 7946 0958', 'tel:02079460958'],
    ['00 44 20 7946 0958', 'tel:+442079460958'],
  ]);
  expect(linksIn('0049 (0)30 123456; 030/123 45-67; (0711)123456')).toEqual([
    ['0049 (0)30 123456', 'tel:+4930123456'],
    ['030/123 45-67', 'tel:0301234567'],
    ['(0711)123456', 'tel:0711123456'],
  ]);
});

it.each([
  'javascript:alert(1)',
  'data:text/html,x',
  '<img src=x onerror=alert(1)>',
  'M8 < M10 && "5 > 3"',
  '10,000 pieces at 2026-03-02 10:00',
  'PO-5221 8 471 204 300',
  '+5 % and +12 pieces',
  '+5 000 000 pieces, +10.000.000 EUR',
  'on 01/02/2026, or 03/2026',
  'PO 0711/12 and 12 00 44 20 79 46',
  '1.00 44 20 7946 pieces at 10:00 442079',
  '(020) pieces, (0) 12 34 56',
  'A-0711/1234567',
  'file:///etc/passwd',
  'ftp://a.example',
  'https://',
  'https://user:secret@a.example',
])('leaves %s as text', (text) => {
  expect(partsOf(text)).toEqual([{ text, href: null }]);
});

it('whatever the text: nothing of it is lost, and links lead to nothing but web, mail and telephone', () => {
  const pieces = fc.constantFrom(
    ...[
      'https://',
      'http:',
      '//',
      'www.',
      'a.example',
      '/x_(y)',
      '(',
      ')',
      '"',
      '<',
      '>',
      '。',
      '@',
      '+49 30',
      '123456',
    ],
    ...[
      'javascript:',
      'mailto:',
      'tel:',
      ' ',
      '\n',
      '.',
      'é',
      '日本',
      'هاتف ',
      'Tel. ',
      '\u202E',
      '%00',
      "'",
    ],
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
    fc.string({ unit: 'grapheme' }),
  );
  fc.assert(
    fc.property(text, (given) => {
      const parts = partsOf(given);
      expect(parts.map((part) => part.text).join('')).toBe(given);
      for (const { text: label, href } of parts) {
        expect(label).not.toBe('');
        if (href === null) continue;
        expect(href).toMatch(/^(?:https?:\/\/|mailto:|tel:)/i);
        expect(['http:', 'https:', 'mailto:', 'tel:']).toContain(new URL(href).protocol);
        expect(label).not.toMatch(/[\s<>"。]$/u);
      }
    }),
    { numRuns: 2_000 },
  );
});

it('a long text of nothing but beginnings is read in one go', () => {
  for (const piece of ['https://', 'www.', 'a@', '+1 ', '(((', 'a.'.repeat(10), 'tel ']) {
    const text = piece.repeat(Math.ceil(10_000 / piece.length));
    expect(
      partsOf(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  }
});
