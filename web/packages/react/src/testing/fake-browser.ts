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
}

interface PageState {
  visible: boolean;
  focused: boolean;
  online: boolean;
}

interface Claim {
  tab: number;
  hold: () => Promise<void>;
  end: () => void;
}

export interface FakeNetwork {
  openSocket: (url: string) => WebSocket;
  fetch?: typeof fetch;
}

export function createFakeBrowser(network: FakeNetwork): FakeBrowser {
  const claims = new Map<string, Claim[]>();
  const channels = new Map<string, Set<FakeChannel>>();
  let tabs = 0;

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
      void claim.hold().then(() => {
        release(name, claim);
        claim.end();
      });
    });
  }

  function locksOf(tab: number): Locks {
    return {
      request: (name, { signal }, hold) => {
        return new Promise((end, reject) => {
          const claim: Claim = { tab, hold, end };
          const queue = [...(claims.get(name) ?? []), claim];
          claims.set(name, queue);
          if (queue.length === 1) grant(name);
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
      if (!channels.get(this.name)?.has(this)) return;
      const data = structuredClone(message);
      for (const other of channels.get(this.name) ?? []) {
        if (other === this) continue;
        queueMicrotask(() => {
          if (channels.get(this.name)?.has(other))
            other.onmessage?.({ data: structuredClone(data) } as MessageEvent);
        });
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
            // The code of a killed tab still runs here, unlike in a browser; it must not reach anything.
            if (!alive) return { readyState: 3, close: () => {} } as unknown as WebSocket;
            const socket = network.openSocket(url);
            sockets.push(socket);
            return socket;
          },
          locks: locksOf(tab),
          openChannel: (name) => {
            const channel = new FakeChannel(tab, name);
            if (!alive) channel.close();
            return channel;
          },
          page: page.page,
        },
        setPage: page.set,
        setPageSilently: page.setSilently,
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
  let state: PageState = { visible: true, focused: true, online: true };
  const watchers = new Set<() => void>();
  return {
    page: {
      isVisible: () => state.visible,
      isFocused: () => state.focused,
      isOnline: () => state.online,
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
