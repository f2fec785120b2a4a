import { limits } from '../limits.ts';

/**
 * The life of one socket as a pure table: what is known, what happens, what follows. It does nothing itself; `socket.ts`
 * carries out the effects and reports what happened. A cell that is not in the table changes nothing.
 *
 * stopped → asking (for a token) → opening → authenticating → resuming → online ⇄ probing
 * every failure → waiting → asking, or a place to rest: offline, dormant, replaced, signed-out
 */
export type StateName =
  | 'stopped'
  | 'asking'
  | 'opening'
  | 'authenticating'
  | 'resuming'
  | 'online'
  | 'probing'
  | 'waiting'
  | 'offline'
  | 'dormant'
  | 'replaced'
  | 'signed-out';

export interface State {
  name: StateName;
  /** Failures in a row. */
  attempt: number;
  /** The server refused a token and the one in use now is its replacement. */
  refused: boolean;
  /** Whether this socket has been online since it was started. */
  wasOnline: boolean;
}

export type Event =
  | { type: 'start' }
  | { type: 'stop' }
  /** `found` is false when nobody is signed in. A session cookie counts as found. */
  | { type: 'token'; found: boolean }
  | { type: 'token-failed' }
  | { type: 'opened' }
  | { type: 'authenticated' }
  /** Every part of what was missed has arrived. */
  | { type: 'ready' }
  | { type: 'heard' }
  /** `steady`: it had been online long enough for earlier failures not to count. */
  | { type: 'closed'; code: number; steady: boolean }
  | { type: 'timer'; hidden: boolean }
  | { type: 'token-aging' }
  | { type: 'network-lost' }
  | { type: 'network-back' }
  /** Somebody looks at the page again or presses "reconnect". */
  | { type: 'user-acts' };

export type Effect =
  | { do: 'ask-token' }
  | { do: 'refuse-token' }
  | { do: 'open' }
  | { do: 'authenticate' }
  /** A fresh token on the open socket. */
  | { do: 'renew' }
  | { do: 'ping' }
  | { do: 'close' }
  /** Replaces the timer of the state before. Entering a state without this effect means having no timer. */
  | { do: 'timer'; afterMs: number }
  | { do: 'back-off'; attempt: number };

export interface Step {
  state: State;
  effects: readonly Effect[];
}

export const CloseCode = {
  goingAway: 1001,
  tooBig: 1009,
  badFrames: 4400,
  notAuthenticated: 4401,
  notAllowed: 4403,
  tooSlow: 4408,
  replaced: 4409,
} as const;

export const stopped: State = { name: 'stopped', attempt: 0, refused: false, wasOnline: false };

export function transition(state: State, event: Event): Step {
  const row: Row = table[state.name];
  // The row's handler for this type takes exactly this event; TypeScript cannot follow the pairing by itself.
  const handler = row[event.type] as ((state: State, event: Event) => Step) | undefined;
  return handler === undefined ? { state, effects: [] } : handler(state, event);
}

type Row = { [E in Event as E['type']]?: (state: State, event: E) => Step };

function go(name: StateName, state: State, effects: Effect[], change: Partial<State> = {}): Step {
  return { state: { ...state, ...change, name }, effects };
}

const timer = (afterMs: number): Effect => ({ do: 'timer', afterMs });

const ask = (state: State, change: Partial<State> = {}): Step =>
  go('asking', state, [{ do: 'ask-token' }], change);
const askAnew = (state: State): Step => ask(state, { attempt: 0, refused: false });
const stop = (state: State): Step => go('stopped', state, [{ do: 'close' }], stopped);
const offline = (state: State): Step =>
  go('offline', state, [{ do: 'close' }, timer(limits.backoffLongestMs)], { attempt: 0 });
const fail = (state: State): Step => {
  const attempt = state.attempt + 1;
  return go('waiting', state, [{ do: 'close' }, { do: 'back-off', attempt }], { attempt });
};

function closed(before: State, event: { code: number; steady: boolean }): Step {
  const state = event.steady ? { ...before, attempt: 0, refused: false } : before;
  switch (event.code) {
    case CloseCode.replaced:
      return go('replaced', state, []);
    case CloseCode.notAuthenticated:
    case CloseCode.notAllowed:
      if (state.refused) return go('signed-out', state, []);
      return go('asking', state, [{ do: 'refuse-token' }, { do: 'ask-token' }], { refused: true });
    default:
      return fail(state);
  }
}

/** `attempt` stays as it is: a server that accepts and drops us at once must not be tried at full speed. */
const online = (state: State): Step => go('online', state, [timer(limits.heartbeatMs)], { wasOnline: true });
const probe = (state: State): Step => go('probing', state, [{ do: 'ping' }, timer(limits.pongTimeoutMs)]);

/** What every state with a socket does. */
const withSocket: Row = { stop, closed, 'network-lost': offline };

const table: Record<StateName, Row> = {
  stopped: { start: (state) => ask(state) },
  asking: {
    stop,
    'network-lost': offline,
    token: (state, { found }) =>
      found
        ? go('opening', state, [{ do: 'open' }, timer(limits.socketOpenTimeoutMs)])
        : go('signed-out', state, []),
    'token-failed': fail,
  },
  opening: {
    ...withSocket,
    opened: (state) =>
      go('authenticating', state, [{ do: 'authenticate' }, timer(limits.authenticateTimeoutMs)]),
    timer: fail,
  },
  authenticating: {
    ...withSocket,
    authenticated: (state) => go('resuming', state, [timer(limits.readyTimeoutMs)]),
    timer: fail,
  },
  resuming: {
    ...withSocket,
    ready: online,
    // A long list of missed messages takes its time; only silence is a failure.
    heard: (state) => go('resuming', state, [timer(limits.readyTimeoutMs)]),
    timer: fail,
  },
  online: {
    ...withSocket,
    // However much is heard: the other side wants to hear from us, too.
    timer: probe,
    // A laptop that was closed learns here, not half a minute later, that its socket is dead.
    'user-acts': probe,
    'token-aging': (state) => go('online', state, [{ do: 'renew' }, timer(limits.heartbeatMs)]),
  },
  probing: {
    ...withSocket,
    heard: online,
    timer: fail,
    'token-aging': (state) => go('probing', state, [{ do: 'renew' }, timer(limits.pongTimeoutMs)]),
  },
  waiting: {
    stop,
    'network-lost': offline,
    'network-back': (state) => ask(state),
    'user-acts': (state) => ask(state),
    timer: (state, { hidden }) =>
      hidden && state.attempt >= limits.attemptsWhileHidden ? go('dormant', state, []) : ask(state),
  },
  offline: {
    stop,
    'network-back': askAnew,
    'user-acts': askAnew,
    // Browsers are sometimes wrong about having no network.
    timer: (state) => ask(state),
  },
  dormant: { stop, 'network-back': askAnew, 'user-acts': askAnew },
  replaced: { stop, 'user-acts': askAnew },
  // A page that cannot be reached gives no token either.
  'signed-out': { stop, 'network-back': askAnew, 'user-acts': askAnew },
};

export type ConnectionStatus =
  | 'connecting'
  | 'online'
  | 'reconnecting'
  | 'offline'
  | 'replaced'
  | 'signed-out';

/** What a user is told. */
export function statusOf(state: State): ConnectionStatus {
  switch (state.name) {
    case 'online':
    case 'probing':
      return 'online';
    case 'offline':
    case 'replaced':
    case 'signed-out':
      return state.name;
    case 'stopped':
    case 'asking':
    case 'opening':
    case 'authenticating':
    case 'resuming':
    case 'waiting':
    case 'dormant':
      return state.wasOnline || state.attempt > 0 ? 'reconnecting' : 'connecting';
  }
}
