import { boxOf, isPicture } from '../Bubble/picture.ts';
import type { ThreadRow } from './rows.ts';

const LINE = 20;
const CHARACTERS_A_LINE = 52;

const guesses = new WeakMap<ThreadRow, number>();

/** A guess at a row's height in pixels, near enough that the scroll bar does not jump; the row is measured when drawn. */
export function estimatedHeight(row: ThreadRow | undefined): number {
  if (!row) return 0;
  // Asked for every row below a change, so a hundred thousand times in one frame.
  const known = guesses.get(row);
  if (known !== undefined) return known;
  const height = guessOf(row);
  guesses.set(row, height);
  return height;
}

/** One damaged message must not take the whole thread with it: its row says so itself. */
function guessOf(row: ThreadRow): number {
  try {
    return guess(row);
  } catch {
    return LINE;
  }
}

function guess(row: ThreadRow): number {
  if (row.kind !== 'message') return row.kind === 'start' ? 64 : 44;
  const { text, files, replyTo, reactions, offer, request } = row.message;
  const terms = offer?.terms ?? request?.terms;
  if (terms) return 230 + terms.items.length * 49;
  const lines = text
    .split('\n')
    .reduce((sum, line) => sum + Math.ceil((line.length + 8) / CHARACTERS_A_LINE), 0);
  const attached = files.reduce((sum, file) => sum + (isPicture(file) ? boxOf(file).height : 52) + 4, 0);
  const more = (replyTo ? 42 : 0) + (reactions.length > 0 ? 22 : 0);
  return 15 + (row.isFirst ? 30 : 0) + lines * LINE + attached + more;
}
