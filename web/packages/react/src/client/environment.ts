import { locksOfBrowser } from './locks-of-browser.ts';
import { answeringLocks } from './tabs/answering-locks.ts';

/** What the client takes from the browser, passed in so that tests can own time, chance and the network. */
export interface Environment {
  now: () => number;
  random: () => number;
  newId: () => string;
  fetch: typeof fetch;
  openSocket: (url: string) => WebSocket;
  /** Both missing: this tab has a socket of its own. */
  locks: Locks | null;
  openChannel: ((name: string) => Channel) | null;
  page: Page;
}

/** The part of `navigator.locks` that is used. */
export interface Locks {
  request: (name: string, options: LockOptions, hold: () => Promise<void>) => Promise<void>;
}

/** A lock is waited for until the signal says otherwise, or taken from whoever holds it: their request rejects. */
type LockOptions = { signal: AbortSignal } | { steal: true };

/** The part of BroadcastChannel that is used. */
export interface Channel {
  postMessage: (message: unknown) => void;
  onmessage: ((event: MessageEvent) => void) | null;
  close: () => void;
}

/** Whether somebody looks at the page, whether there is a network, and whether the page runs. */
export interface Page {
  isVisible: () => boolean;
  isFocused: () => boolean;
  isOnline: () => boolean;
  /** The browser is about to stop the page's scripts, or has left the page and may come back to it. */
  isAsleep: () => boolean;
  /** Calls back when any of the four may have changed; returns how to stop that. */
  watch: (changed: () => void) => () => void;
}

export function browserEnvironment(): Environment {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    newId,
    fetch: (...request) => globalThis.fetch(...request),
    openSocket: (url) => new WebSocket(url),
    locks: browserLocks(),
    openChannel: hasChannels() ? (name) => new BroadcastChannel(name) : null,
    page: browserPage(),
  };
}

function browserLocks(): Locks | null {
  const locks = locksOfBrowser();
  return locks === null ? null : answeringLocks(locks as Locks, newId);
}

/** Where a browser forbids storage to a page it may forbid this too, by throwing. */
function hasChannels(): boolean {
  try {
    new BroadcastChannel('haggle:probe').close();
    return true;
  } catch {
    return false;
  }
}

/** `crypto.randomUUID` exists on secure origins only; a demo on a plain LAN address still needs ids. */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function browserPage(): Page {
  let isAsleep = false;
  return {
    isVisible: () => document.visibilityState === 'visible',
    isFocused: () => document.hasFocus(),
    isOnline: () => navigator.onLine !== false,
    isAsleep: () => isAsleep,
    watch: (changed) => {
      const targets: [EventTarget, string][] = [
        [document, 'visibilitychange'],
        [window, 'focus'],
        [window, 'blur'],
        [window, 'online'],
        [window, 'offline'],
      ];
      const sleeping: [EventTarget, string][] = [
        [document, 'freeze'],
        [window, 'pagehide'],
        [document, 'resume'],
        [window, 'pageshow'],
      ];
      const turn = ({ type }: Event) => {
        isAsleep = type === 'freeze' || type === 'pagehide';
        changed();
      };
      for (const [target, name] of targets) target.addEventListener(name, changed);
      for (const [target, name] of sleeping) target.addEventListener(name, turn);
      return () => {
        for (const [target, name] of targets) target.removeEventListener(name, changed);
        for (const [target, name] of sleeping) target.removeEventListener(name, turn);
      };
    },
  };
}
