// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeBrowser, type FakeTab } from '../testing/fake-browser.ts';
import { createFakeGateway, type FakeGateway } from '../testing/fake-gateway.ts';
import { createModelServer } from '../testing/model-server.ts';
import { createHaggleClient, type HaggleClient } from './client.ts';
import type { Environment } from './environment.ts';
import { limits } from './limits.ts';

let gateway: FakeGateway;
let tab: FakeTab;
let isReachable: boolean;
let posted: number;
const clients: HaggleClient[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  const model = createModelServer(Date.now);
  model.addUser('bea', 'buyer');
  gateway = createFakeGateway(model);
  isReachable = true;
  posted = 0;
  tab = createFakeBrowser({ ...gateway, fetch: answer }).openTab();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
  vi.useRealTimers();
});

async function answer(request: RequestInfo | URL): Promise<Response> {
  if (!isReachable) throw new TypeError('Failed to fetch');
  if (request instanceof Request && request.method === 'POST') posted += 1;
  return Response.json({ count: 0 });
}

const jwt = `token bea .${btoa(JSON.stringify({ sub: 'bea' }))}.`;

function start(
  change: Partial<Environment> = {},
  getToken: () => Promise<string | null> = async () => jwt,
): HaggleClient {
  const environment = { ...tab.environment, ...change };
  const client = createHaggleClient({ baseUrl: 'https://chat.example', getToken, environment });
  clients.push(client);
  client.start();
  return client;
}

/** Locks that nobody gets before they are opened: the browser gives them out in another process, when it comes to it. */
function slowLocks() {
  const waiting: (() => void)[] = [];
  const locks: Environment['locks'] = {
    request: (...asked) =>
      new Promise((done, fail) => {
        waiting.push(() => void tab.environment.locks?.request(...asked).then(done, fail));
      }),
  };
  return {
    locks,
    open: () => {
      for (const go of waiting.splice(0)) go();
    },
  };
}

function loseNetwork(set: FakeTab['setPage']): void {
  isReachable = false;
  gateway.setDown(true);
  set({ online: false });
  gateway.closeAll(1006);
}

function getNetwork(set: FakeTab['setPage']): void {
  isReachable = true;
  gateway.setDown(false);
  set({ online: true });
}

const moment = (ms = 1) => vi.advanceTimersByTimeAsync(ms);
const status = (client: HaggleClient) => client.connection.get().status;

describe('whether there is a network', () => {
  it('is known when it went before this tab had its socket', async () => {
    const { locks, open } = slowLocks();
    const client = start({ locks });
    await moment();
    loseNetwork(tab.setPage);
    expect(status(client)).toBe('offline');
    open();
    await moment(5 * limits.backoffLongestMs);
    expect(status(client)).toBe('offline');
    getNetwork(tab.setPage);
    await moment();
    expect(status(client)).toBe('online');
  });

  it('is known to a page that starts without', async () => {
    loseNetwork(tab.setPage);
    const seen = new Set<string>();
    const client = start();
    client.connection.subscribe(() => seen.add(status(client)));
    expect(status(client)).toBe('offline');
    await moment(5 * limits.backoffLongestMs);
    expect(status(client)).toBe('offline');
    expect([...seen].filter((each) => each !== 'offline')).toEqual([]);
    getNetwork(tab.setPage);
    await moment();
    expect(status(client)).toBe('online');
  });

  it('stays known for as long as it is away', async () => {
    const client = start();
    await moment();
    const seen = new Set<string>();
    client.connection.subscribe(() => seen.add(status(client)));
    loseNetwork(tab.setPage);
    await moment(20 * limits.backoffLongestMs);
    expect([...seen]).toEqual(['offline']);
  });

  it('is known when no event tells it, both ways', async () => {
    const client = start();
    await moment();
    loseNetwork(tab.setPageSilently);
    expect(status(client)).toBe('offline');
    await moment(limits.backoffLongestMs);
    expect(status(client)).toBe('offline');
    getNetwork(tab.setPageSilently);
    await moment(limits.backoffLongestMs);
    expect(status(client)).toBe('online');
  });

  it('is asked of the socket at once when a request found no server', async () => {
    const client = start();
    await moment();
    expect(status(client)).toBe('online');
    gateway.setSilent(true);
    isReachable = false;
    await client.api.unreadCount().catch(() => undefined);
    await moment(limits.pongTimeoutMs);
    expect(status(client)).toBe('reconnecting');
  });

  it('leaves nobody signed out whose page only could not get a token', async () => {
    loseNetwork(tab.setPage);
    const client = start({}, async () => (isReachable ? jwt : null));
    await moment(limits.backoffLongestMs);
    expect(status(client)).toBe('offline');
    getNetwork(tab.setPage);
    await moment();
    expect(status(client)).toBe('online');
  });
});

describe('what waits for the network', () => {
  const write = (client: HaggleClient) => client.outbox.get().add('c1', { text: 'hello' });

  it('goes when the browser is wrong about having none', async () => {
    tab.setPageSilently({ online: false });
    const client = start();
    await moment();
    expect(status(client)).toBe('online');
    write(client);
    await moment();
    expect(posted).toBe(1);
  });

  it('goes when nobody tells that it is back', async () => {
    gateway.setDown(true);
    const client = start();
    await moment();
    loseNetwork(tab.setPageSilently);
    write(client);
    await moment(limits.backoffLongestMs);
    expect(posted).toBe(0);
    isReachable = true;
    tab.setPageSilently({ online: true });
    await moment(limits.backoffLongestMs);
    expect(posted).toBe(1);
  });
});
