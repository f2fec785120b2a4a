import { limits } from '../../client/index.ts';

/** Characters left are told from here on. */
const NEAR = 500;

export interface TextLimit {
  /** Characters too many, or 0. */
  over: number;
  /** Characters left when the end is near, else null. */
  left: number | null;
}

/** The server counts characters, not UTF-16 units; long texts only are worth the counting. */
export function textLimitOf(text: string, largest: number = limits.messageCharacters): TextLimit {
  if (text.length <= largest - NEAR) return { over: 0, left: null };
  const used = Array.from(text.trim()).length;
  const left = largest - used;
  return { over: Math.max(0, -left), left: left >= 0 && left <= NEAR ? left : null };
}
