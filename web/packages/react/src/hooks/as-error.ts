import { HaggleError } from '../client/errors.ts';

/** Queries know errors only as `Error`; ours throw nothing but `HaggleError`, unless there is a bug. */
export function asError(error: Error | null): HaggleError | null {
  if (error === null || error instanceof HaggleError) return error;
  return new HaggleError('server', 'Unexpected error');
}
