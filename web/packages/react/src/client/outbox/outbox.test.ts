// @vitest-environment node

import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeBrowser, type FakeBrowser, type FakeTab } from '../../testing/fake-browser.ts';
import { createModelServer, type ModelServer } from '../../testing/model-server.ts';
import { patienceMs, runs } from '../../testing/property-runs.ts';
import { HaggleError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { Message } from '../types.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { OutboxItem } from './outbox-state.ts';
import type { OutboxStorage } from './storage.ts';

type Answer = 'ok' | 'lost answer' | 'no network' | 'server error' | 'limited' | 'refused';

interface Tab {
  fake: FakeTab;
  outbox: Outbox;
  sent: Message[];
}

let model: ModelServer;
let browser: FakeBrowser;
let answers: Answer[];
let requests: string[];
let stored: Map<string, OutboxItem>;
let conversations: string[];

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 });
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
  conversations = ['p1', 'p2'].map((productId) => model.open('bea', { supplierId: 'bob', productId }).id);
  browser = createFakeBrowser({ openSocket: () => null as never });
  answers = [];
  requests = [];
  stored = new Map();
}

/** Outlives its tabs, like the browser's. */
const storage: OutboxStorage = {
  near: () => [],
  load: async () => [...stored.values()],
  put: async (item) => {
    stored.set(item.key, item);
  },
  remove: async (key) => {
    stored.delete(key);
  },
};

function openTab(): Tab {
  const fake = browser.openTab();
  let alive = true;
  const sent: Message[] = [];
  const outbox = createOutbox({
    name: 'haggle:bea:outbox',
    storage: {
      ...storage,
      put: async (item) => (alive ? storage.put(item) : undefined),
      remove: async (key) => (alive ? storage.remove(key) : undefined),
    },
    environment: fake.environment,
    isOnline: fake.environment.page.isOnline,
    send: async (conversationId, message) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (!alive) return new Promise(() => {});
      requests.push(message.content);
      return answer(conversationId, message.content, message.clientMessageId);
    },
    onSent: (message) => sent.push(message),
    open: async (purpose) => model.open('bea', purpose),
    onOpened: () => {},
  });
  outbox.start();
  return {
    fake: {
      ...fake,
      kill: () => {
        alive = false;
        fake.kill();
      },
    },
    outbox,
    sent,
  };
}

function answer(conversationId: string, content: string, clientMessageId: string): Message {
  const kind = answers.shift() ?? 'ok';
  if (kind === 'no network') throw new HaggleError('network', 'Gone');
  if (kind === 'server error') throw new HaggleError('server', 'Oops', { status: 500 });
  if (kind === 'refused') throw new HaggleError('refused', 'No', { status: 400 });
  if (kind === 'limited') throw new HaggleError('limited', 'Slow', { status: 429, retryAfterMs: 6_000 });
  const message = model.send('bea', conversationId, { content, clientMessageId });
  if (kind === 'lost answer') throw new HaggleError('timeout', 'No answer');
  return message;
}

const moment = (ms = 10) => vi.advanceTimersByTimeAsync(ms);
const textsIn = (id = conversations[0] ?? '') =>
  (model.messages('bea', id, { limit: 1_000 })?.messages ?? []).map((message) => message.message).reverse();
const waiting = (tab: Tab) => tab.outbox.state.get().items.map((item) => `${item.text} ${item.state}`);
const write = (tab: Tab, text: string, id = conversations[0] ?? '') => tab.outbox.add(id, { text });

describe('the outbox', () => {
  it('sends in order and forgets what is stored', async () => {
    const tab = openTab();
    await moment();
    for (const text of ['one', 'two', 'three']) write(tab, text);
    expect(waiting(tab)).toEqual(['one sending', 'two queued', 'three queued']);
    await moment(50);
    expect(textsIn()).toEqual(['one', 'two', 'three']);
    expect(tab.sent.map((message) => message.message)).toEqual(['one', 'two', 'three']);
    expect([waiting(tab), stored.size]).toEqual([[], 0]);
  });

  it('an answer that gets lost makes no second message', async () => {
    const tab = openTab();
    answers = ['lost answer', 'lost answer'];
    await moment();
    write(tab, 'one');
    write(tab, 'two');
    await moment(10_000);
    expect(requests.slice(0, 3)).toEqual(['one', 'one', 'one']);
    expect(textsIn()).toEqual(['one', 'two']);
  });

  it('waits without a network and goes on with it', async () => {
    const tab = openTab();
    await moment();
    tab.fake.setPage({ online: false });
    write(tab, 'one');
    await moment(60_000);
    expect(requests).toEqual([]);
    tab.fake.setPage({ online: true });
    tab.outbox.wake();
    await moment();
    expect(textsIn()).toEqual(['one']);
  });

  it('keeps the text after a 429 and goes on when it may', async () => {
    const tab = openTab();
    answers = ['limited'];
    await moment();
    write(tab, 'one');
    await moment();
    expect(waiting(tab)).toEqual(['one queued']);
    expect(tab.outbox.state.get().blockedUntil).toBeGreaterThan(Date.now() + 5_900);
    write(tab, 'elsewhere', conversations[1]);
    await moment(5_900);
    expect(requests).toEqual(['one']);
    await moment(200);
    expect(textsIn()).toEqual(['one']);
    expect(textsIn(conversations[1])).toEqual(['elsewhere']);
  });

  it('shows a refused message as failed until somebody retries or discards it', async () => {
    const tab = openTab();
    answers = ['refused', 'ok', 'refused'];
    await moment();
    const first = write(tab, 'one');
    write(tab, 'two');
    const third = write(tab, 'three');
    await moment(50);
    expect(waiting(tab)).toEqual(['one failed', 'three failed']);
    tab.outbox.retry(first);
    tab.outbox.discard(third);
    await moment(50);
    expect(textsIn()).toEqual(['two', 'one']);
    expect(waiting(tab)).toEqual([]);
  });

  it('a refused message goes out changed, under another id, and once', async () => {
    const tab = openTab();
    answers = ['refused', 'refused'];
    await moment();
    const first = write(tab, 'one');
    await moment(50);
    expect(tab.outbox.edit(first, { text: 'one' })).toBe(first);
    await moment(50);
    expect(waiting(tab)).toEqual(['one failed']);
    const second = tab.outbox.edit(first, { text: 'one, better' });
    expect(second).not.toBe(first);
    await moment(50);
    expect(textsIn()).toEqual(['one, better']);
    expect([waiting(tab), stored.size]).toEqual([[], 0]);
  });

  it('survives a reload in the middle of sending, exactly once', async () => {
    const before = openTab();
    await moment();
    for (const text of ['one', 'two']) write(before, text);
    await moment(2);
    before.fake.kill();
    const reloaded = openTab();
    await moment(50);
    expect(textsIn()).toEqual(['one', 'two']);
    expect([waiting(reloaded), stored.size]).toEqual([[], 0]);
  });

  it('is the same in every tab, and one of them sends', async () => {
    const [first, second] = [openTab(), openTab()];
    await moment();
    answers = ['limited'];
    const key = write(second, 'one');
    await moment();
    expect(waiting(first)).toEqual(['one queued']);
    expect(waiting(second)).toEqual(['one queued']);
    await moment(7_000);
    expect(requests).toEqual(['one', 'one']);
    expect(waiting(second)).toEqual([]);
    expect(second.sent.map((message) => message.clientMessageId)).toEqual([key]);
  });

  it('is sent by another tab when the one that sends hangs, and once', async () => {
    const [first, second] = [openTab(), openTab()];
    await moment();
    first.fake.hang();
    write(second, 'one');
    await moment(limits.leaderSilentMs + 100);
    expect(textsIn()).toEqual(['one']);
    first.fake.goOn();
    await moment();
    write(first, 'two');
    await moment(100);
    expect(textsIn()).toEqual(['one', 'two']);
    expect(waiting(first)).toEqual([]);
  });

  it('is sent by another tab when the browser puts the one that sends to sleep', async () => {
    const [first, second] = [openTab(), openTab()];
    await moment();
    first.fake.setPage({ asleep: true });
    write(second, 'one');
    await moment();
    expect(requests).toEqual(['one']);
  });

  it('is settled by the event as well as by the answer', async () => {
    const tab = openTab();
    answers = ['lost answer'];
    await moment();
    const key = write(tab, 'one');
    await moment();
    tab.outbox.settle(key);
    await moment(60_000);
    expect(requests).toEqual(['one']);
    expect(stored.size).toBe(0);
  });

  it('does not grow without end', async () => {
    const tab = openTab();
    tab.fake.setPage({ online: false });
    for (let at = 0; at <= limits.outboxItems; at += 1) write(tab, `text ${at}`);
    expect(waiting(tab).at(-1)).toBe(`text ${limits.outboxItems} failed`);
    expect(tab.outbox.state.get().items.at(-1)?.problem?.code).toBe('outbox-full');
  });

  it('sends from memory when nothing can be stored', async () => {
    const broken = () => Promise.reject(new Error('no storage'));
    const fake = browser.openTab();
    const outbox = createOutbox({
      name: null,
      storage: { near: () => [], load: broken, put: broken, remove: broken },
      environment: fake.environment,
      isOnline: fake.environment.page.isOnline,
      send: async (id, message) => answer(id, message.content, message.clientMessageId),
      onSent: () => {},
      open: () => Promise.reject(new Error('not asked')),
      onOpened: () => {},
    });
    outbox.start();
    outbox.add(conversations[0] ?? '', { text: 'one' });
    await moment();
    expect(textsIn()).toEqual(['one']);
  });
});

describe('whatever happens on the way', () => {
  const happening = fc.record({
    name: fc.constantFrom(
      ...['write', 'write', 'write', 'open', 'kill', 'sleep', 'wake'],
      ...['moment', 'wait', 'offline', 'online'],
    ),
    which: fc.nat({ max: 7 }),
  });
  const answerKinds = fc.constantFrom<Answer>(
    'ok',
    'ok',
    'lost answer',
    'no network',
    'server error',
    'limited',
  );

  it(
    'every message arrives exactly once, in the order of each tab',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(happening, { maxLength: 40, size: 'max' }),
          fc.array(answerKinds, { maxLength: 10 }),
          async (happenings, kinds) => {
            setUp();
            answers = [...kinds];
            const expected: string[][] = [[], []];
            let tabs = [openTab()];
            await moment();
            for (const { name, which } of happenings) {
              const tab = tabs[which % tabs.length];
              if (tab === undefined) break;
              if (name === 'write') {
                const at = which % 2;
                const text = `text ${expected.flat().length}`;
                expected[at]?.push(text);
                write(tab, text, conversations[at]);
                // Of two tabs in the same moment nobody can say which was first.
                await moment(1);
              } else if (name === 'open' && tabs.length < 4) tabs.push(openTab());
              else if (name === 'kill') {
                tab.fake.kill();
                tabs = tabs.filter((other) => other !== tab);
                if (tabs.length === 0) tabs.push(openTab());
                await moment(1);
              } else if (name === 'sleep') tab.fake.setPage({ asleep: true });
              else if (name === 'wake') tab.fake.setPage({ asleep: false });
              else if (name === 'offline') tab.fake.setPage({ online: false });
              else if (name === 'online') {
                tab.fake.setPage({ online: true });
                tab.outbox.wake();
              } else await moment(name === 'wait' ? 3_000 : 3);
            }
            for (const tab of tabs) tab.fake.setPage({ online: true, asleep: false });
            await moment(1);
            tabs[0]?.outbox.wake();
            await moment(120_000);
            expect([textsIn(conversations[0]), textsIn(conversations[1])]).toEqual(expected);
            for (const tab of tabs) expect(waiting(tab)).toEqual([]);
            expect(stored.size).toBe(0);
            for (const tab of tabs) tab.outbox.stop();
          },
        ),
        runs(150),
      );
    },
    patienceMs,
  );
});
