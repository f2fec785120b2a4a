// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeBrowser, type FakeTab } from '../../testing/fake-browser.ts';
import { createFakeGateway, type FakeGateway } from '../../testing/fake-gateway.ts';
import { createModelServer, type ModelServer } from '../../testing/model-server.ts';
import type { ServerFrame, Since } from '../frames.ts';
import { limits } from '../limits.ts';
import { createTokenSource } from '../token.ts';
import type { Connection, ConnectionSnapshot } from './connection.ts';
import { createOwnConnection } from './own-connection.ts';

let model: ModelServer;
let gateway: FakeGateway;
let tab: FakeTab;
let frames: ServerFrame[];
let statuses: ConnectionSnapshot['status'][];
let readies: number;
let since: Since;
let tokens: (string | null)[];
let asked: number;
let connection: Connection;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  model = createModelServer(Date.now);
  model.addUser('bea', 'buyer');
  model.addUser('bob', 'supplier');
  gateway = createFakeGateway(model);
  tab = createFakeBrowser(gateway).openTab();
  frames = [];
  statuses = [];
  readies = 0;
  since = {};
  tokens = ['token bob'];
  asked = 0;
  connection = connect();
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

function connect(): Connection {
  const { environment } = tab;
  const getToken = async () => {
    asked += 1;
    return tokens[Math.min(asked, tokens.length) - 1] ?? null;
  };
  return createOwnConnection(
    { url: 'ws://server/api/chat/ws', environment, tokens: createTokenSource(getToken, environment.now) },
    {
      since: () => since,
      onFrame: (frame) => frames.push(frame),
      onReady: () => {
        readies += 1;
      },
      onSnapshot: ({ status }) => {
        if (statuses.at(-1) !== status) statuses.push(status);
      },
    },
  );
}

const moment = (ms = 0) => vi.advanceTimersByTimeAsync(ms);
const sentTypes = () => gateway.received().map((frame) => frame.type);

describe('a socket', () => {
  it('authenticates, hears what it missed, and is online', async () => {
    const { id } = model.open('bea', { supplierId: 'bob' });
    model.send('bea', id, { content: 'hello' });
    since = { [id]: { seq: 0, rev: 1 } };
    connection.start();
    await moment();
    expect(gateway.received()).toEqual([{ type: 'authenticate', payload: { token: 'token bob', since } }]);
    expect(frames.map((frame) => frame.type)).toEqual([
      'authenticated',
      'message',
      'conversation_updated',
      'ready',
    ]);
    expect(statuses).toEqual(['connecting', 'online']);
    expect(readies).toBe(1);
  });

  it('splits a long list of what it has seen and is ready after the last part', async () => {
    since = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => [`conversation-${at}`, { seq: at, rev: at }]),
    );
    connection.start();
    await moment();
    expect(sentTypes()).toEqual(['authenticate', 'resume', 'resume']);
    for (const frame of gateway.received()) expect(JSON.stringify(frame).length).toBeLessThan(64 * 1024);
    const named = gateway
      .received()
      .flatMap((frame) =>
        Object.keys((frame.payload && 'since' in frame.payload && frame.payload.since) || {}),
      );
    expect(named).toEqual(Object.keys(since));
    expect(readies).toBe(1);
  });

  it('comes back with what it has seen by then, each time later', async () => {
    connection.start();
    await moment();
    gateway.setDown(true);
    gateway.closeAll(1001);
    await moment(60_000);
    expect(statuses).toEqual(['connecting', 'online', 'reconnecting']);
    expect(gateway.opened()).toBeGreaterThan(5);
    expect(gateway.opened()).toBeLessThan(12);
    since = { c1: { seq: 7, rev: 9 } };
    gateway.setDown(false);
    await moment(limits.backoffLongestMs);
    expect(connection.snapshot().status).toBe('online');
    const authenticates = gateway.received().filter((frame) => frame.type === 'authenticate');
    expect(authenticates.at(-1)?.payload).toEqual({ token: 'token bob', since });
  });

  it('does not come back by itself when a newer one replaced it, but when somebody looks', async () => {
    connection.start();
    await moment();
    gateway.closeAll(4409);
    await moment(24 * 60 * 60_000);
    expect(connection.snapshot().status).toBe('replaced');
    expect(gateway.opened()).toBe(1);
    tab.setPage({ visible: false, focused: false });
    tab.setPage({ visible: true, focused: true });
    await moment();
    expect(connection.snapshot().status).toBe('online');
  });

  it('asks once for a fresh token when the server refuses one, then says signed out', async () => {
    tokens = ['token old', 'token bob'];
    gateway.refuse('token old');
    connection.start();
    await moment();
    expect(connection.snapshot().status).toBe('online');
    expect(asked).toBe(2);

    await moment(limits.steadyMs);
    gateway.refuse('token bob');
    gateway.closeAll(4401);
    await moment(60_000);
    expect(connection.snapshot().status).toBe('signed-out');
    expect(asked).toBe(3);
  });

  it('says signed out when nobody is', async () => {
    tokens = [];
    connection.start();
    await moment();
    expect(connection.snapshot().status).toBe('signed-out');
    expect(gateway.opened()).toBe(0);
  });

  it('shows the server a fresh token before the old one ends, on the same socket', async () => {
    connection.start();
    await moment();
    tokens = ['token bob', 'token bob 2'];
    await moment(60 * 60_000 - limits.tokenMarginMs + 1);
    expect(gateway.received().at(-1)).toEqual({ type: 'authenticate', payload: { token: 'token bob 2' } });
    expect(gateway.opened()).toBe(1);
    expect(connection.snapshot().status).toBe('online');
  });

  it('pings when nothing is said, and gives up a dead link', async () => {
    connection.start();
    await moment();
    await moment(limits.heartbeatMs * 3);
    expect(sentTypes().filter((type) => type === 'ping').length).toBeGreaterThanOrEqual(2);
    expect(connection.snapshot().status).toBe('online');
    gateway.setSilent(true);
    await moment(limits.heartbeatMs + limits.pongTimeoutMs + 1);
    expect(connection.snapshot().status).toBe('reconnecting');
  });

  it('gives up a server that takes the socket and says nothing', async () => {
    gateway.setSilent(true);
    connection.start();
    await moment(limits.authenticateTimeoutMs + 1);
    expect(connection.snapshot().status).toBe('reconnecting');
  });

  it('is offline with the network and back with it', async () => {
    connection.start();
    await moment();
    tab.setPage({ online: false });
    expect(connection.snapshot().status).toBe('offline');
    expect(gateway.open()).toEqual([]);
    tab.setPage({ online: true });
    await moment();
    expect(connection.snapshot().status).toBe('online');
  });

  it('rests after many failures while nobody looks', async () => {
    gateway.setDown(true);
    tab.setPage({ visible: false, focused: false });
    connection.start();
    await moment(60 * 60_000);
    expect(gateway.opened()).toBe(limits.attemptsWhileHidden);
    gateway.setDown(false);
    tab.setPage({ visible: true });
    await moment();
    expect(connection.snapshot().status).toBe('online');
  });

  it('drops what it should send while there is no connection', async () => {
    connection.send({ type: 'typing', payload: { conversationId: 'c1' } });
    connection.start();
    await moment();
    expect(sentTypes()).toEqual(['authenticate']);
  });

  it('is silent after stop', async () => {
    connection.start();
    await moment();
    connection.stop();
    await moment(60_000);
    expect(gateway.open()).toEqual([]);
    expect(gateway.opened()).toBe(1);
  });
});
