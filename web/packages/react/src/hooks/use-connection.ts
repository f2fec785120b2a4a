/**
 * `replaced`: this browser was pushed out by a newer one and waits for the user. `signed-out`: the token was refused
 * twice or there is none.
 */
export type ConnectionStatus =
  | 'connecting'
  | 'online'
  | 'reconnecting'
  | 'offline'
  | 'replaced'
  | 'signed-out';

export interface ConnectionResult {
  status: ConnectionStatus;
  /** When the next attempt starts, in milliseconds since 1970; null when none is planned. */
  retryAt: number | null;
  /** Tries at once. */
  reconnect: () => void;
}

export function useConnection(): ConnectionResult {
  throw new Error('to be written');
}
