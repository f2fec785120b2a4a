// @vitest-environment node
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeBrowser, type FakeBrowser, type FakeTab } from '../../testing/fake-browser.ts';
import { createFakeGateway, type FakeGateway } from '../../testing/fake-gateway.ts';
import { createModelServer, type ModelServer } from '../../testing/model-server.ts';
import { patienceMs, runs } from '../../testing/property-runs.ts';
import type { Connection } from '../connection/connection.ts';
import type { Since } from '../frames.ts';
import { limits } from '../limits.ts';
import { createTokenSource } from '../token.ts';
import { createSharedConnection } from './shared-connection.ts';

interface Tab {
  fake: FakeTab;
  connection: Connection;
  /** The `seq`s heard, in order, without repetitions. */
  heard: number[];
  readies: number;
}

let model: ModelServer;
let gateway: FakeGateway;
let browser: FakeBrowser;
let conversationId: string;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  setUp();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(): void {
  // Tabs that were killed in an earlier run still have theirs.
  vi.clearAllTimers();
  model = createModelServer(Date.now);
  model.addUser('bea', 'buyer');
  model.addUser('bob', 'supplier');
  conversationId = model.open('bea', { supplierId: 'bob' }).id;
  gateway = createFakeGateway(model);
  browser = createFakeBrowser(gateway);
}

/** A tab that remembers what it heard, as the cache does: by `seq`, each once. */
function openTab(): Tab {
  const fake = browser.openTab();
  const { environment } = fake;
  const tab: Tab = { fake, heard: [], readies: 0, connection: undefined as never };
  const since = (): Since => ({ [conversationId]: { seq: tab.heard.at(-1) ?? 0, rev: 0 } });
  tab.connection = createSharedConnection(
    { url: 'ws://server', environment, tokens: createTokenSource(async () => 'token bob', environment.now) },
    { locks: environment.locks as never, openChannel: environment.openChannel as never, name: 'haggle:bob' },
    {
      since,
      onFrame: (frame) => {
        if (frame.type !== 'message') return;
        const { seq } = frame.payload.message;
        if (seq === (tab.heard.at(-1) ?? 0) + 1) tab.heard.push(seq);
      },
      onReady: () => {
        tab.readies += 1;
      },
      onSnapshot: () => {},
    },
  );
  tab.connection.start();
  return tab;
}

const moment = (ms = 1) => vi.advanceTimersByTimeAsync(ms);
const write = () => model.send('bea', conversationId, { content: 'hello' });
function sleep(tab: Tab | undefined): void {
  tab?.fake.setPage({ asleep: true });
  tab?.fake.hang();
}

function goOn({ fake }: Tab): void {
  fake.goOn();
  fake.setPage({ asleep: false });
}

const upTo = (last: number) => Array.from({ length: last }, (_, at) => at + 1);

describe('the tabs of one browser', () => {
  it('share one socket, and each hears everything once', async () => {
    const tabs = [openTab(), openTab(), openTab()];
    await moment();
    expect(gateway.open()).toHaveLength(1);
    write();
    write();
    await moment();
    for (const tab of tabs) {
      expect(tab.heard).toEqual([1, 2]);
      expect(tab.readies).toBe(1);
      expect(tab.connection.snapshot().status).toBe('online');
    }
    expect(tabs.map((tab) => tab.connection.isLeader())).toEqual([true, false, false]);
  });

  it('a late tab gets what it has not seen', async () => {
    openTab();
    await moment();
    write();
    await moment();
    const late = openTab();
    await moment();
    expect(late.heard).toEqual([1]);
    expect(late.readies).toBe(1);
    expect(gateway.opened()).toBe(1);
  });

  it('lose nothing when the leader is killed', async () => {
    const [first, second, third] = [openTab(), openTab(), openTab()];
    await moment();
    write();
    await moment();
    first.fake.kill();
    write();
    write();
    await moment();
    expect(second.connection.isLeader()).toBe(true);
    for (const tab of [second, third]) {
      expect(tab.heard).toEqual([1, 2, 3]);
      expect(tab.readies).toBe(2);
    }
    expect(gateway.open()).toHaveLength(1);
  });

  it('hand over when the leader closes properly', async () => {
    const [first, second] = [openTab(), openTab()];
    await moment();
    first.connection.stop();
    write();
    await moment();
    expect(second.connection.isLeader()).toBe(true);
    expect(second.heard).toEqual([1]);
    expect(gateway.open()).toHaveLength(1);
  });

  it('take over from a leader that hangs, and lose nothing when it goes on', async () => {
    const tabs = [openTab(), openTab(), openTab()];
    const [first, second] = tabs as [Tab, Tab, Tab];
    await moment();
    first.fake.hang();
    write();
    await moment(limits.leaderCheckMs + limits.leaderSilentMs);
    expect(second.connection.isLeader()).toBe(true);
    expect(tabs.map((tab) => tab.heard)).toEqual([[], [1], [1]]);
    first.fake.goOn();
    write();
    await moment();
    expect(tabs.map((tab) => tab.connection.isLeader())).toEqual([false, true, false]);
    expect(tabs.map((tab) => tab.heard)).toEqual([upTo(2), upTo(2), upTo(2)]);
    expect(tabs.map((tab) => tab.connection.snapshot().status)).toEqual(Array(3).fill('online'));
    expect(gateway.open()).toHaveLength(1);
  });

  it('take over sooner when somebody looks at one of them', async () => {
    const [first, second] = [openTab(), openTab()];
    await moment();
    first.fake.hang();
    write();
    second.fake.setPage({ focused: false });
    second.fake.setPage({ focused: true });
    await moment(limits.leaderSilentMs + 1);
    expect(second.heard).toEqual([1]);
  });

  it('leave a leader alone that answers, however long nothing happens', async () => {
    const [first, second] = [openTab(), openTab()];
    await moment(10 * limits.leaderCheckMs);
    expect([first, second].map((tab) => tab.connection.isLeader())).toEqual([true, false]);
    expect(gateway.opened()).toBe(1);
  });

  it('take over at once from a leader that the browser puts to sleep, which hears all when it wakes', async () => {
    const [first, second] = [openTab(), openTab()];
    await moment();
    sleep(first);
    write();
    await moment();
    expect(second.connection.isLeader()).toBe(true);
    expect([first.heard, second.heard]).toEqual([[], [1]]);
    goOn(first);
    await moment();
    expect([first.heard, second.heard]).toEqual([[1], [1]]);
    expect(gateway.open()).toHaveLength(1);
  });

  it('keep their leader while one of the others sleeps, and tell it when it wakes', async () => {
    const [first, second] = [openTab(), openTab()];
    await moment();
    sleep(second);
    write();
    await moment();
    second.fake.forget();
    second.fake.setPage({ asleep: false });
    await moment();
    expect(second.heard).toEqual([1]);
    expect(first.connection.isLeader()).toBe(true);
  });

  it('connect again when the only one was asleep', async () => {
    const only = openTab();
    await moment();
    only.fake.setPage({ asleep: true });
    await moment();
    expect(gateway.open()).toHaveLength(0);
    write();
    only.fake.setPage({ asleep: false });
    await moment();
    expect(only.heard).toEqual([1]);
  });

  it('all catch up after the server was away', async () => {
    const tabs = [openTab(), openTab()];
    await moment();
    gateway.closeAll(1001);
    await moment();
    expect(tabs.map((tab) => tab.connection.snapshot().status)).toEqual(['reconnecting', 'reconnecting']);
    write();
    await moment(limits.backoffLongestMs);
    for (const tab of tabs) expect(tab.heard).toEqual([1]);
  });

  it('speak through the leader', async () => {
    openTab();
    const follower = openTab();
    await moment();
    follower.connection.send({ type: 'typing', payload: { conversationId, isTyping: true } });
    await moment();
    expect(gateway.received().at(-1)).toEqual({
      type: 'typing',
      payload: { conversationId, isTyping: true },
    });
  });

  it('looking at any of them takes the connection back after it was replaced', async () => {
    const tabs = [openTab(), openTab()];
    await moment();
    gateway.closeAll(4409);
    await moment(limits.backoffLongestMs);
    expect(tabs.map((tab) => tab.connection.snapshot().status)).toEqual(['replaced', 'replaced']);
    tabs[1]?.fake.setPage({ focused: false });
    tabs[1]?.fake.setPage({ focused: true });
    await moment();
    expect(tabs.map((tab) => tab.connection.snapshot().status)).toEqual(['online', 'online']);
    expect(gateway.open()).toHaveLength(1);
  });
});

describe('whatever happens to the tabs', () => {
  const happening = fc.record({
    name: fc.constantFrom(
      'write',
      'write',
      'open',
      'kill',
      'close',
      'cut',
      'hang',
      'sleep',
      'go on',
      'moment',
      'wait',
    ),
    which: fc.nat({ max: 5 }),
  });

  it(
    'in the end every living one has heard everything, over one socket',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { maxLength: 40, size: 'max' }), async (happenings) => {
          setUp();
          let written = 0;
          let tabs = [openTab()];
          for (const { name, which } of happenings) {
            const tab = tabs[which % Math.max(1, tabs.length)];
            if (name === 'write') {
              write();
              written += 1;
            } else if (name === 'open' && tabs.length < 5) tabs.push(openTab());
            else if (name === 'kill') tab?.fake.kill();
            else if (name === 'close') tab?.connection.stop();
            else if (name === 'cut') gateway.closeAll(1006);
            else if (name === 'hang') tab?.fake.hang();
            else if (name === 'sleep') sleep(tab);
            else if (name === 'go on' && tab) goOn(tab);
            else await moment(name === 'wait' ? 1_000 : 1);
            if (name === 'kill' || name === 'close') tabs = tabs.filter((other) => other !== tab);
          }
          for (const tab of tabs) goOn(tab);
          await moment(limits.backoffLongestMs * 2);
          expect(gateway.open()).toHaveLength(tabs.length === 0 ? 0 : 1);
          for (const tab of tabs) {
            expect(tab.heard).toEqual(upTo(written));
            tab.connection.stop();
          }
        }),
        runs(80),
      );
    },
    patienceMs,
  );
});
