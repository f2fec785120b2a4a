import type { Page } from '../environment.ts';
import type { ClientFrame, ServerFrame, Since } from '../frames.ts';
import type { ConnectionStatus, State } from './machine.ts';
import { statusOf } from './machine.ts';

export interface ConnectionSnapshot {
  status: ConnectionStatus;
  /** When the next attempt starts, in milliseconds since 1970; null when none is planned. */
  retryAt: number | null;
}

/** The way to the server's events, over a socket of this tab or of another one. */
export interface Connection {
  start: () => void;
  stop: () => void;
  snapshot: () => ConnectionSnapshot;
  /** Somebody looks at the page, or asks to reconnect. */
  act: () => void;
  /** Typing and the like: dropped when there is no connection, never kept for later. */
  send: (frame: ClientFrame) => void;
  /** Whether this tab speaks for the whole browser, where something must happen once. */
  isLeader: () => boolean;
}

/** What a connection needs from those who use it. */
export interface ConnectionListener {
  /** What this tab has seen so far. */
  since: () => Since;
  onFrame: (frame: ServerFrame) => void;
  /** Everything missed has arrived. */
  onReady: () => void;
  onSnapshot: (snapshot: ConnectionSnapshot) => void;
}

export const notStarted: ConnectionSnapshot = { status: 'connecting', retryAt: null };

export function snapshotOf(state: State, retryAt: number | null): ConnectionSnapshot {
  return { status: statusOf(state), retryAt };
}

/**
 * What a person is told. Whether there is a network is looked at each time: its event may have come before anybody
 * listened, and some browsers never send it.
 */
export function toldOf(snapshot: ConnectionSnapshot, page: Page): ConnectionSnapshot {
  const isKnown = snapshot.status === 'online' || snapshot.status === 'replaced';
  return isKnown || page.isOnline() ? snapshot : { ...snapshot, status: 'offline' };
}
