import type { HaggleError } from '../client/errors.ts';

export interface JoinLeaveResult {
  /** Both reject with a `HaggleError`; a place that is taken has status 409. */
  join: () => Promise<void>;
  leave: () => Promise<void>;
  isPending: boolean;
  error: HaggleError | null;
}

/** For administrators. */
export function useJoinLeave(_conversationId: string): JoinLeaveResult {
  throw new Error('to be written');
}
