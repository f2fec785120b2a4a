import { isTemporary, plainText, type Upload } from '../../client/index.ts';
import type { TextLimit } from './text-limit.ts';

/** What stands in the way of sending, and what one can do about it. */
export type Blocker =
  | { kind: 'limited'; seconds: number }
  | { kind: 'too-long'; over: number }
  /** Nothing but taking them out helps. */
  | { kind: 'refused'; count: number }
  | { kind: 'failed'; count: number }
  | { kind: 'uploading'; count: number }
  | { kind: 'busy' }
  | { kind: 'empty' };

export interface BlockerFacts {
  text: string;
  limit: TextLimit;
  uploads: readonly Upload[];
  /** Chosen, but not even in the list. */
  leftOut: number;
  /** Seconds until the server's rate limit ends, or 0. */
  seconds: number;
  isBusy: boolean;
}

/** The first thing to say, or null when the message can go. */
export function blockerOf({ text, limit, uploads, leftOut, seconds, isBusy }: BlockerFacts): Blocker | null {
  if (seconds > 0) return { kind: 'limited', seconds };
  if (limit.over > 0) return { kind: 'too-long', over: limit.over };
  const failed = uploads.filter((one) => one.status === 'failed');
  const refused = failed.filter((one) => !isTemporary(one)).length + leftOut;
  if (refused > 0) return { kind: 'refused', count: refused };
  if (failed.length > 0) return { kind: 'failed', count: failed.length };
  const running = uploads.filter((one) => one.status !== 'done').length;
  if (running > 0) return { kind: 'uploading', count: running };
  if (isBusy) return { kind: 'busy' };
  return plainText(text) === '' && uploads.length === 0 ? { kind: 'empty' } : null;
}
