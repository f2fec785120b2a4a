import { backoffMs } from '../backoff.ts';
import type { Environment } from '../environment.ts';
import { type ClientFrame, parseFrame, type ServerFrame, type Since, splitSince } from '../frames.ts';
import { limits } from '../limits.ts';
import type { TokenSource } from '../token.ts';
import { type Effect, type Event, type State, stopped, transition } from './machine.ts';

export interface SocketDependencies {
  url: string;
  tokens: TokenSource;
  environment: Environment;
  /** What this tab has seen, asked at each connect. */
  since: () => Since;
  onFrame: (frame: ServerFrame) => void;
  /** Everything that `owner` missed has been delivered. */
  onReady: (owner: string) => void;
  /** `retryAt` in milliseconds since 1970, when an attempt is planned. */
  onState: (state: State, retryAt: number | null) => void;
}

export interface Socket {
  /** Tells the table what happened outside: start, stop, the network, the user. */
  tell: (event: Event) => void;
  state: () => State;
  /** False when there is no open, authenticated socket; then nothing is kept for later. */
  send: (frame: ClientFrame) => boolean;
  /** Asks for what somebody else missed; `onReady(owner)` follows. False like `send`. */
  resume: (owner: string, since: Since) => boolean;
}

export const self = 'self';
/** A fresh token on the open socket: nobody waits for its `ready`. */
const renewal = 'renewal';

/** Carries out what the table decides, on a real WebSocket, real timers and the page's tokens. */
export function createSocket(dependencies: SocketDependencies): Socket {
  const { environment, tokens } = dependencies;
  let state = stopped;
  let socket: WebSocket | null = null;
  let token: string | null = null;
  let tokenRound = 0;
  let stateTimer: ReturnType<typeof setTimeout> | undefined;
  let tokenTimer: ReturnType<typeof setTimeout> | undefined;
  let onlineSince: number | null = null;
  /** Who waits for the next `ready` frames, in the order of asking. */
  let waiting: string[] = [];

  function tell(event: Event): void {
    const step = transition(state, event);
    const entered = step.state.name !== state.name;
    state = step.state;
    let retryAt: number | null = null;
    if (entered) clearTimeout(stateTimer);
    for (const effect of step.effects) retryAt = carryOut(effect) ?? retryAt;
    if (entered) dependencies.onState(state, retryAt);
  }

  /** Returns when the next attempt starts, if this effect plans one. */
  function carryOut(effect: Effect): number | null {
    switch (effect.do) {
      case 'ask-token':
        void askToken();
        return null;
      case 'refuse-token':
        tokens.refuse(token);
        return null;
      case 'open':
        open();
        return null;
      case 'authenticate':
        authenticate();
        return null;
      case 'renew':
        void renew();
        return null;
      case 'ping':
        write({ type: 'ping', payload: {} });
        return null;
      case 'close':
        close();
        return null;
      case 'timer':
        startTimer(effect.afterMs);
        return null;
      case 'back-off': {
        const afterMs = backoffMs(effect.attempt, environment.random);
        startTimer(afterMs);
        return environment.now() + afterMs;
      }
    }
  }

  function startTimer(afterMs: number): void {
    clearTimeout(stateTimer);
    stateTimer = setTimeout(() => tell({ type: 'timer', hidden: !environment.page.isVisible() }), afterMs);
  }

  async function askToken(): Promise<void> {
    tokenRound += 1;
    const round = tokenRound;
    try {
      const found = await tokens.get();
      if (round !== tokenRound) return;
      token = found;
      tell({ type: 'token', found: found !== null || !tokens.usesTokens });
    } catch {
      if (round === tokenRound) tell({ type: 'token-failed' });
    }
  }

  function open(): void {
    try {
      socket = environment.openSocket(dependencies.url);
    } catch {
      // A page's content security policy may forbid the address; that looks like any other lost connection.
      queueMicrotask(() => tell({ type: 'closed', code: 1006, steady: false }));
      return;
    }
    const opened = socket;
    const current = () => socket === opened;
    opened.onopen = () => current() && tell({ type: 'opened' });
    opened.onmessage = (message) => current() && hear(parseFrame(message.data));
    opened.onclose = (event) => current() && lose(event.code);
  }

  function authenticate(): void {
    const [first, ...others] = splitSince(dependencies.since(), limits.sinceBytes - (token?.length ?? 0));
    const payload = token === null ? { since: first } : { token, since: first };
    waiting = [self];
    write({ type: 'authenticate', payload });
    for (const since of others) {
      waiting.push(self);
      write({ type: 'resume', payload: { since } });
    }
  }

  async function renew(): Promise<void> {
    const opened = socket;
    try {
      const fresh = await tokens.get();
      if (fresh === null || socket !== opened) return;
      token = fresh;
      waiting.push(renewal);
      write({ type: 'authenticate', payload: { token } });
    } catch {
      // The socket goes on until the token's end; its close asks again.
    }
  }

  function hear(frame: ServerFrame | null): void {
    tell({ type: 'heard' });
    if (frame === null) return;
    if (frame.type === 'authenticated') {
      planRenewal(frame.payload.expiresAt);
      tell({ type: 'authenticated' });
    }
    dependencies.onFrame(frame);
    if (frame.type === 'ready') settleReady();
  }

  function settleReady(): void {
    const owner = waiting.shift();
    if (owner === undefined || owner === renewal || waiting.includes(owner)) return;
    if (owner === self) {
      onlineSince = environment.now();
      tell({ type: 'ready' });
    }
    dependencies.onReady(owner);
  }

  function planRenewal(expiresAt: string): void {
    clearTimeout(tokenTimer);
    if (!tokens.usesTokens) return;
    const leftMs = Date.parse(expiresAt) - limits.tokenMarginMs - environment.now();
    // A timer longer than 2^31 ms would fire at once.
    if (Number.isNaN(leftMs) || leftMs > 2 ** 31 - 1) return;
    tokenTimer = setTimeout(() => tell({ type: 'token-aging' }), Math.max(leftMs, limits.steadyMs));
  }

  function lose(code: number): void {
    const steady = onlineSince !== null && environment.now() - onlineSince >= limits.steadyMs;
    forget();
    tell({ type: 'closed', code, steady });
  }

  function close(): void {
    const old = socket;
    forget();
    // 1000 and 3000 to 4999 are the only codes a page may send.
    old?.close(1000);
  }

  function forget(): void {
    socket = null;
    onlineSince = null;
    waiting = [];
    tokenRound += 1;
    clearTimeout(tokenTimer);
  }

  function write(frame: ClientFrame): void {
    if (socket?.readyState === 1) socket.send(JSON.stringify(frame));
  }

  const isAuthenticated = () =>
    socket !== null && (state.name === 'resuming' || state.name === 'online' || state.name === 'probing');

  return {
    tell,
    state: () => state,
    send: (frame) => {
      if (!isAuthenticated()) return false;
      write(frame);
      return true;
    },
    resume: (owner, since) => {
      if (!isAuthenticated()) return false;
      for (const part of splitSince(since, limits.sinceBytes)) {
        waiting.push(owner);
        write({ type: 'resume', payload: { since: part } });
      }
      return true;
    },
  };
}
