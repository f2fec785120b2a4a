import type { Channel, Environment, Locks, Page } from '../client/environment.ts';

/** One browser: its tabs share locks and channels. */
export interface FakeBrowser {
  openTab: () => FakeTab;
}

/** One tab of it, with a page that a test can hide, blur and take offline, and that can end without a word. */
export interface FakeTab {
  environment: Environment;
  setPage: (state: Partial<PageState>) => void;
  /** As browsers do now and then: it is so, and no event says it. */
  setPageSilently: (state: Partial<PageState>) => void;
  /** As when the process is killed: locks and channels are gone, nothing is said. */
  kill: () => void;
  /** As when its script is stuck or its process sleeps: it keeps its locks, hears nothing and says nothing. */
  hang: () => void;
  /** It goes on, and hears now what was said meanwhile. */
  goOn: () => void;
  /** It goes on, and nothing that was said meanwhile reaches it, as when a browser comes back to a page that it had left. */
  forget: () => void;
}

interface PageState {
  visible: boolean;
  focused: boolean;
  online: boolean;
  asleep: boolean;
}

interface Claim {
  tab: number;
  hold: () => Promise<void>;
  end: () => void;
  lose: () => void;
}

export interface FakeNetwork {
  openSocket: (url: string) => WebSocket;
  fetch?: typeof fetch;
}

export function createFakeBrowser(network: FakeNetwork): FakeBrowser {
  const claims = new Map<string, Claim[]>();
  const channels = new Map<string, Set<FakeChannel>>();
  /** What tabs that hang will hear, by tab. */
  const unheard = new Map<number, (() => void)[]>();
  let tabs = 0;

  function tell(tab: number, what: () => void): void {
    const later = unheard.get(tab);
    if (later === undefined) what();
    else later.push(what);
  }

  function release(name: string, claim: Claim): void {
    const queue = claims.get(name) ?? [];
    const wasFirst = queue[0] === claim;
    claims.set(
      name,
      queue.filter((other) => other !== claim),
    );
    if (wasFirst) grant(name);
  }

  function grant(name: string): void {
    const claim = claims.get(name)?.[0];
    if (claim === undefined) return;
    queueMicrotask(() => {
      if (claims.get(name)?.[0] !== claim) return;
      tell(claim.tab, () => {
        void claim.hold().then(() => {
          release(name, claim);
          claim.end();
        });
      });
    });
  }

  /** The code of a tab that was killed or hangs still runs here, unlike in a browser; it must not reach anything. */
  function locksOf(tab: number, isAlive: () => boolean): Locks {
    return {
      request: async (name, options, hold) => {
        await new Promise<void>((run) => tell(tab, run));
        return new Promise((end, reject) => {
          if (!isAlive()) return;
          const lose = () => tell(tab, () => reject(new Error('stolen')));
          const claim: Claim = { tab, hold, end, lose };
          const before = claims.get(name) ?? [];
          if ('steal' in options) {
            claims.set(name, [claim, ...before.slice(1)]);
            before[0]?.lose();
            grant(name);
            return;
          }
          const { signal } = options;
          if (signal.aborted) {
            reject(new Error('aborted'));
            return;
          }
          claims.set(name, [...before, claim]);
          if (before.length === 0) grant(name);
          signal.addEventListener('abort', () => {
            release(name, claim);
            reject(new Error('aborted'));
          });
        });
      },
    };
  }

  class FakeChannel implements Channel {
    onmessage: ((event: MessageEvent) => void) | null = null;
    constructor(
      readonly tab: number,
      readonly name: string,
    ) {
      channels.set(name, (channels.get(name) ?? new Set()).add(this));
    }
    postMessage(message: unknown): void {
      if (!channels.get(this.name)?.has(this) || unheard.has(this.tab)) return;
      const data = structuredClone(message);
      for (const other of channels.get(this.name) ?? []) {
        if (other === this) continue;
        queueMicrotask(() =>
          tell(other.tab, () => {
            if (channels.get(this.name)?.has(other))
              other.onmessage?.({ data: structuredClone(data) } as MessageEvent);
          }),
        );
      }
    }
    close(): void {
      channels.get(this.name)?.delete(this);
    }
  }

  return {
    openTab: () => {
      tabs += 1;
      const tab = tabs;
      let ids = 0;
      let alive = true;
      const page = createFakePage();
      const sockets: WebSocket[] = [];
      return {
        environment: {
          now: () => Date.now(),
          random: () => 0.5,
          newId: () => {
            ids += 1;
            return `tab${tab}-${ids}`;
          },
          fetch: network.fetch ?? (() => Promise.reject(new TypeError('no network'))),
          openSocket: (url) => {
            if (!alive || unheard.has(tab)) return { readyState: 3, close: () => {} } as unknown as WebSocket;
            const socket = network.openSocket(url);
            sockets.push(socket);
            return delayed(socket, (what) => tell(tab, what));
          },
          locks: locksOf(tab, () => alive),
          openChannel: (name) => {
            const channel = new FakeChannel(tab, name);
            if (!alive) channel.close();
            return channel;
          },
          page: page.page,
        },
        setPage: page.set,
        setPageSilently: page.setSilently,
        hang: () => unheard.set(tab, []),
        goOn: () => {
          const later = unheard.get(tab) ?? [];
          unheard.delete(tab);
          for (const hear of later) hear();
        },
        forget: () => unheard.delete(tab),
        kill: () => {
          alive = false;
          for (const socket of sockets) {
            socket.onmessage = null;
            socket.onclose = null;
            socket.close();
          }
          for (const open of channels.values()) {
            for (const channel of open) if (channel.tab === tab) open.delete(channel);
          }
          for (const [name, queue] of claims) {
            for (const claim of queue) if (claim.tab === tab) release(name, claim);
          }
        },
      };
    },
  };
}

function createFakePage(): { page: Page } & Record<
  'set' | 'setSilently',
  (state: Partial<PageState>) => void
> {
  let state: PageState = { visible: true, focused: true, online: true, asleep: false };
  const watchers = new Set<() => void>();
  return {
    page: {
      isVisible: () => state.visible,
      isFocused: () => state.focused,
      isOnline: () => state.online,
      isAsleep: () => state.asleep,
      watch: (changed) => {
        watchers.add(changed);
        return () => watchers.delete(changed);
      },
    },
    set: (change) => {
      state = { ...state, ...change };
      for (const changed of [...watchers]) changed();
    },
    setSilently: (change) => {
      state = { ...state, ...change };
    },
  };
}

/** The handlers of a socket hear what it says when `tell` lets them. */
function delayed(socket: WebSocket, tell: (what: () => void) => void): WebSocket {
  return new Proxy(socket, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' && !String(name).startsWith('on') ? value.bind(target) : value;
    },
    set: (target, name, value: ((event: unknown) => void) | null) =>
      Reflect.set(target, name, value && ((event: unknown) => tell(() => value(event)))),
  });
}
