import type { ConnectionStatus } from '../client/connection/machine.ts';
import { useChat, useStore } from '../provider/context.ts';

export type { ConnectionStatus };

export interface ConnectionResult {
  /**
   * `replaced`: this browser was pushed out by a newer one and waits for the user. `signed-out`: the token was refused
   * twice or there is none.
   */
  status: ConnectionStatus;
  /** When the next attempt starts, in milliseconds since 1970; null when none is planned. */
  retryAt: number | null;
  /** Tries at once. */
  reconnect: () => void;
}

export function useConnection(): ConnectionResult {
  const { client } = useChat();
  const { status, retryAt } = useStore(client.connection);
  return { status, retryAt, reconnect: client.reconnect };
}
