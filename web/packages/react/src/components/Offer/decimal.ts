/* Amounts as the server takes them: decimal text, never floating point. */

/** Digits before the point and behind it, at most. */
const AMOUNT = /^(\d{1,12})(?:\.(\d{1,4}))?$/;
const PLACES = 4;
const MOST_WHOLE = 10n ** 12n;

const power = (places: number) => 10n ** BigInt(places);

/** In ten-thousandths; null where it is no amount. */
export function amountOf(text: string): bigint | null {
  const [, whole, fraction = ''] = AMOUNT.exec(text) ?? [];
  return whole === undefined ? null : BigInt(whole + fraction.padEnd(PLACES, '0'));
}

/** As somebody types it, on whatever keyboard: digits of other scripts are digits, and blanks are nothing. */
export function typedAmount(text: string): string {
  return text
    .replace(/[\s\u200E\u200F\u061C]/g, '')
    .replace(/[\u0660-\u0669\u06F0-\u06F9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replace('\u066B', '.');
}

/** `quantity × unitPrice`, exact, without noughts at its end but for so many places; null where one is no amount. */
export function productOf(quantity: string, unitPrice: string, places: number): string | null {
  const [one, other] = [amountOf(quantity), amountOf(unitPrice)];
  if (one === null || other === null) return null;
  const written = withPoint(one * other, 2 * PLACES);
  const least = written.length - (2 * PLACES - places);
  let end = written.length;
  while (end > least && written.endsWith('0', end)) end -= 1;
  return written.slice(0, end).replace(/\.$/, '');
}

/** The sum of all products, exact until it is rounded once, half up; null where it has too many digits for an amount. */
export function sumOf(items: readonly (readonly [string, string])[], places: number): string | null {
  let sum = 0n;
  for (const [quantity, unitPrice] of items) {
    const [one, other] = [amountOf(quantity), amountOf(unitPrice)];
    if (one === null || other === null) return null;
    sum += one * other;
  }
  const step = power(2 * PLACES - places);
  const rounded = (sum + step / 2n) / step;
  return rounded / power(places) < MOST_WHOLE ? withPoint(rounded, places) : null;
}

/** Of a number of the smallest units. */
function withPoint(units: bigint, places: number): string {
  if (places === 0) return units.toString();
  const digits = units.toString().padStart(places + 1, '0');
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** How many digits it has behind the point. */
export function placesOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}
