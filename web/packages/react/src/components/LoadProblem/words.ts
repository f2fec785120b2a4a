import type { HaggleError } from '../../client/index.ts';
import type { Format, Labels } from '../../labels/index.ts';

export interface ProblemWords {
  title: string;
  hint: string;
  /** Whether the same may succeed now. What is forbidden or gone stays so. */
  mayRetry: boolean;
}

/** Why something could not be shown, in the reader's words, and what they can do. Null: nobody knows why. */
export function wordsOf(
  error: HaggleError | null,
  isOffline: boolean,
  labels: Labels,
  format: Format,
): ProblemWords {
  const { problem } = labels;
  const say = (words: { title: string; hint: string }, mayRetry: boolean): ProblemWords => ({
    ...words,
    mayRetry,
  });
  switch (error?.kind) {
    case 'signed-out':
      return say(problem.signedOut, true);
    case 'refused':
      if (error.status === 403) return say(problem.forbidden, false);
      if (error.status === 404) return say(problem.gone, false);
      return say({ title: problem.refused.title, hint: error.message }, true);
    case 'limited': {
      const wait = format.duration(error.retryAfterMs ?? 0);
      return say({ title: problem.limited.title, hint: problem.limited.hint(wait) }, true);
    }
    case 'network':
    case 'timeout':
      return say(isOffline ? problem.offline : problem.unreachable, true);
    case 'server': {
      const { title, hint } = problem.server;
      return say({ title, hint: hint(error.requestId) }, true);
    }
    default:
      return say(
        isOffline ? problem.offline : { title: problem.server.title, hint: problem.server.hint(null) },
        true,
      );
  }
}
