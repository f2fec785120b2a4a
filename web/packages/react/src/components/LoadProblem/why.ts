import { HaggleError, reasonOf } from '../../client/index.ts';
import type { Labels } from '../../labels/index.ts';

/** Why something was not done, in one sentence: in the reader's language where there are words for it. */
export function whyOf(error: unknown, { thread, common, problem }: Labels): string {
  if (!(error instanceof HaggleError)) return common.failed;
  if (error.kind === 'limited') return `${problem.limited.title}.`;
  return thread.reasons[error.code] ?? (error.kind === 'refused' ? reasonOf(error) : common.failed);
}
