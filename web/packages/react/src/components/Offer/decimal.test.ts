import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf, productOf, sumOf, typedAmount } from './decimal.ts';

describe('amounts', () => {
  it.each(['0', '7', '1.5', '1.50', '0.0001', '1200', '999999999999.9999'])('%s is one', (text) => {
    expect(amountOf(text)).not.toBeNull();
  });

  it.each([
    '',
    '.',
    '.5',
    '5.',
    '-1',
    '+1',
    '1e3',
    '1,5',
    '0x1',
    '1.23456',
    '1234567890123',
    '1.2.3',
    '١',
    '1_0',
  ])('%j is none', (text) => expect(amountOf(text)).toBeNull());

  it('are taken from keyboards of other scripts', () => {
    expect(typedAmount('١٢٫٥٠')).toBe('12.50');
    expect(typedAmount('۷')).toBe('7');
    expect(typedAmount(' 1 200 ')).toBe('1200');
    // Nobody knows whether it is a half more or five hundred times that: it is refused, and not guessed.
    expect(amountOf(typedAmount('1,500'))).toBeNull();
  });

  it('of a line are exact, with the digits of the currency at least', () => {
    expect(productOf('500', '1.20', 2)).toBe('600.00');
    expect(productOf('3', '0.005', 2)).toBe('0.015');
    expect(productOf('3', '100', 0)).toBe('300');
    expect(productOf('0.0001', '0.0001', 2)).toBe('0.00000001');
    expect(productOf('', '1', 2)).toBeNull();
  });
});

describe('a total', () => {
  const sum = (places: number, ...items: [string, string][]) => sumOf(items, places);

  it('is rounded once, in the end, half up', () => {
    expect(sum(2, ['500', '1.20'])).toBe('600.00');
    expect(sum(2, ['1', '0.005'])).toBe('0.01');
    expect(sum(2, ['1', '0.0049'])).toBe('0.00');
    // Line by line it would be 0.03.
    expect(sum(2, ['1', '0.005'], ['1', '0.005'], ['1', '0.005'])).toBe('0.02');
    expect(sum(0, ['3', '0.5'])).toBe('2');
    expect(sum(4, ['1.5', '1.0001'])).toBe('1.5002');
    expect(sum(3, ['0.0001', '0.0001'])).toBe('0.000');
  });

  it('is none where it has too many digits, or something is no amount', () => {
    expect(sum(2, ['999999999999.9999', '1'])).toBeNull();
    expect(sum(2, ['999999999999', '1'])).toBe('999999999999.00');
    expect(sum(2, ['1', ''])).toBeNull();
  });

  it('is that of exact numbers', () => {
    const units = fc.bigInt({ min: 0n, max: 10n ** 9n });
    const text = (value: bigint) => `${value / 10_000n}.${String(value % 10_000n).padStart(4, '0')}`;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(units, units), { maxLength: 50 }),
        fc.nat({ max: 4 }),
        (pairs, places) => {
          const total = sumOf(
            pairs.map(([one, other]) => [text(one), text(other)]),
            places,
          );
          const shown = BigInt((total ?? '').replace('.', '')) * 10n ** BigInt(8 - places);
          const exact = pairs.reduce((all, [one, other]) => all + one * other, 0n);
          const half = 10n ** BigInt(8 - places) / 2n;
          expect(exact >= shown - half && exact < shown + half).toBe(true);
        },
      ),
    );
  });
});
