import { charactersOf } from '../../client/index.ts';

/** Characters left are told from here on. */
const NEAR = 500;

export interface TextLimit {
  /** Characters too many, or 0. */
  over: number;
  /** Characters left when the end is near, else null. */
  left: number | null;
}

/** Long texts only are worth the counting: NFC makes at most three characters of one unit of UTF-16. */
export function textLimitOf(text: string, largest: number): TextLimit {
  const near = Math.min(NEAR, Math.floor(largest / 20));
  if (text.length * 3 <= largest - near) return { over: 0, left: null };
  const left = largest - charactersOf(text);
  return { over: Math.max(0, -left), left: left >= 0 && left <= near ? left : null };
}
