import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type KitPage, openBrowser, openKit } from '../support/browser.ts';
import { expectComplaints, networkIsAway } from '../support/guard.ts';
import { randomFrom } from '../support/random.ts';
import { createServerProcess, type Server } from '../support/server.ts';
import { openSite, type Site } from '../support/site.ts';
import { difference, freshFacts } from './fresh-facts.ts';

let site: Site;
let server: Server;
let browser: Browser;
let contexts: BrowserContext[] = [];
let conversation: string;

beforeAll(async () => {
  site = await openSite();
  server = await createServerProcess(site.url);
  await server.start();
  await server.addUser('bea', 'buyer');
  await server.addUser('bob', 'supplier');
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await site?.close();
});

let products = 0;
beforeEach(async () => {
  site.giveToken((user) => server.tokenOf(user));
  // A conversation of its own for each test: without a product there is one, with an administrator another.
  products += 1;
  await server.addUser(`admin${products}`, 'admin');
  const opened = await server.call<{ id: string }>(`admin${products}`, 'POST', 'conversations', {
    buyerId: 'bea',
    adminId: `admin${products}`,
  });
  conversation = opened.id;
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
});

const other = () => `admin${products}`;

async function person(): Promise<BrowserContext> {
  const context = await browser.newContext();
  contexts.push(context);
  return context;
}

async function open(context: BrowserContext, user: string, reads: 'yes' | 'no' = 'yes'): Promise<KitPage> {
  const query = new URLSearchParams({ user, conversation, server: server.url, reads });
  return openKit(context, `${site.url}/?${query}`);
}

const online = (kit: KitPage) =>
  kit.until('it is online', (now) => now.status === 'online' && now.loading === 'success');
const stored = async () => {
  const { messages } = await server.call<{ messages: { message: string }[] }>(
    'bea',
    'GET',
    `conversations/${conversation}/messages?limit=100&markRead=false`,
  );
  return messages.map((one) => one.message).reverse();
};
const write = (text: string, user = other()) =>
  server.call(user, 'POST', `conversations/${conversation}/messages`, { content: text });
const shows = (kit: KitPage, texts: string[]) =>
  kit.until(`it shows ${texts}`, (now) => now.messages.map((one) => one.text).join() === texts.join());

describe('two people', () => {
  it('chat, and see how far a message has come', async () => {
    const [bea, ann] = [await open(await person(), 'bea'), await open(await person(), other(), 'no')];
    await online(bea);
    await online(ann);
    await bea.send('What is your best price?');
    await shows(ann, ['What is your best price?']);
    await ann.until('one is unread', (now) => now.unread === 1 && now.conversations[0]?.unreadCount === 1);
    await bea.until('it is delivered', (now) => now.messages[0]?.status === 'delivered');
    await server.call(other(), 'PATCH', `conversations/${conversation}/read`, {});
    await bea.until('it is read', (now) => now.messages[0]?.status === 'read');
    await ann.until('nothing is unread', (now) => now.unread === 0);
    await ann.send('Forty, for a thousand.');
    await shows(bea, ['What is your best price?', 'Forty, for a thousand.']);
  });
});

describe('the tabs of one person', () => {
  const tabs = ['one', 'two', 'three', 'four', 'five'];

  it('share one connection, also more tabs than sockets are allowed, and take it over from each other', async () => {
    const context = await person();
    const open_ = [];
    for (const _ of tabs) open_.push(await open(context, 'bea'));
    for (const tab of open_) await online(tab);
    await write('to all');
    for (const tab of open_) await shows(tab, ['to all']);
    for (const tab of open_.slice(0, 3)) {
      await tab.page.close();
      await write('after one has gone');
    }
    const expected = ['to all', ...Array(3).fill('after one has gone')];
    for (const tab of open_.slice(3)) await shows(tab, expected);
  });

  it('go on when the browser puts the one that leads to sleep, which has heard all when it wakes', async () => {
    const context = await person();
    const [first, second] = [await open(context, 'bea'), await open(context, 'bea')];
    await online(first);
    await online(second);
    const leads = () =>
      second.page.evaluate(async () => {
        const { held = [] } = await navigator.locks.query();
        return held.find(({ name }) => name?.endsWith(':socket'))?.clientId;
      });
    const before = await leads();
    // A page that a driver looks at is never hidden, and only hidden ones are put to sleep: it is told what they are.
    const tell = (event: 'freeze' | 'resume') =>
      first.page.evaluate((type) => void document.dispatchEvent(new Event(type)), event);
    await tell('freeze');
    await expect.poll(leads).not.toBe(before);
    await write('while one sleeps');
    await shows(second, ['while one sleeps']);
    const key = await second.send('and so is this');
    await second.until('it is sent', (now) =>
      now.messages.some((one) => one.key === key && one.seq !== null),
    );
    await tell('resume');
    await shows(first, ['while one sleeps', 'and so is this']);
    await write('to both');
    for (const tab of [first, second]) await shows(tab, ['while one sleeps', 'and so is this', 'to both']);
  });

  it('go on when the script of the one that leads is stuck', async () => {
    const context = await person();
    const [first, second] = [await open(context, 'bea'), await open(context, 'bea')];
    await online(first);
    await online(second);
    const debuggerOf = await context.newCDPSession(first.page);
    await debuggerOf.send('Debugger.enable');
    const stuck = new Promise((paused) => debuggerOf.once('Debugger.paused', paused));
    await debuggerOf.send('Debugger.pause');
    // Something that it runs, so that there is a statement to be stuck at.
    first.page.evaluate(() => 1).catch(() => undefined);
    await stuck;
    await second.send('from the other');
    await second.until('it is sent', (now) => now.messages[0]?.seq === 1);
    await write('an answer');
    await shows(second, ['from the other', 'an answer']);
    await debuggerOf.send('Debugger.resume');
    await shows(first, ['from the other', 'an answer']);
    expect(await stored()).toEqual(['from the other', 'an answer']);
  });

  it('show what one of them sends', async () => {
    const context = await person();
    const [first, second] = [await open(context, 'bea'), await open(context, 'bea')];
    await online(first);
    await online(second);
    const key = await second.send('from the second');
    await shows(first, ['from the second']);
    expect((await first.facts()).messages[0]?.key).toBe(key);
    await first.until('it is sent', (now) => now.messages[0]?.seq === 1);
    expect(await stored()).toEqual(['from the second']);
  });
});

describe('without a connection', () => {
  it('messages wait in order, survive a reload, and are sent once', async () => {
    expectComplaints(networkIsAway);
    const context = await person();
    const bea = await open(context, 'bea');
    await online(bea);
    await context.setOffline(true);
    await bea.until('it says so', (now) => now.status === 'offline');
    for (const text of ['one', 'two', 'three']) await bea.send(text);
    await bea.until('they wait', (now) => now.messages.every((one) => one.status === 'queued'));
    expect(await stored()).toEqual([]);
    await context.setOffline(false);
    await bea.until(
      'they are sent',
      (now) => now.messages.length === 3 && now.messages.every((one) => one.seq !== null),
    );
    expect(await stored()).toEqual(['one', 'two', 'three']);

    await server.kill();
    for (const text of ['four', 'five']) await bea.send(text);
    await bea.page.reload();
    await bea.page.waitForFunction(() => window.kit !== undefined);
    await server.start();
    await bea.until(
      'all are sent',
      (now) => now.messages.length === 5 && now.messages.every((one) => one.seq !== null),
      60_000,
    );
    expect(await stored()).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it('nothing is lost or doubled when the server is killed in the middle of a conversation', async () => {
    expectComplaints(networkIsAway);
    const [bea, ann] = [await open(await person(), 'bea'), await open(await person(), other())];
    await online(bea);
    await online(ann);
    const expected: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 10; at += 1) {
        expected.push(`${round}-${at}`);
        await bea.send(`${round}-${at}`);
      }
      await server.kill();
      await server.start();
    }
    await bea.until(
      'all are sent',
      (now) => now.messages.filter((one) => one.seq !== null).length === 30,
      90_000,
    );
    await shows(ann, expected);
    expect(await stored()).toEqual(expected);
  });
});

describe('a connection that breaks again and again', () => {
  const rounds = Number(process.env['HAGGLE_ROUNDS'] ?? 150);
  const seed = Number(process.env['HAGGLE_SEED'] ?? Math.floor(Math.random() * 1e9));

  it(`ends with what a fresh fetch shows (seed ${seed})`, async () => {
    expectComplaints(networkIsAway);
    const random = randomFrom(seed);
    const bea = await open(await person(), 'bea');
    await online(bea);
    for (let round = 0; round < rounds; round += 1) {
      const chance = random();
      if (chance < 0.4) await write(`text ${round}`);
      else if (chance < 0.6) await bea.send(`answer ${round}`);
      else if (chance < 0.75) await server.call(other(), 'PATCH', `conversations/${conversation}/read`, {});
      else await bea.page.evaluate(() => window.cut());
    }
    await online(bea);
    await bea.until('everything is sent', (now) => now.messages.every((one) => one.seq !== null));
    // Who missed more than a page has the newest, and the rest when they scroll up.
    const seen = async () => {
      if ((await bea.facts()).hasOlder) await bea.page.evaluate(() => window.kit.loadOlder());
      return bea.facts();
    };
    // Reading goes on meanwhile, so what is fresh is asked for again with each look.
    await expect
      .poll(async () => difference(await freshFacts(server, conversation), await seen()), { timeout: 30_000 })
      .toEqual([]);
  });
});

describe('limits', () => {
  it('a token that ends is replaced on the open socket', async () => {
    site.giveToken((user) => server.tokenOf(user, 35));
    const bea = await open(await person(), 'bea');
    await online(bea);
    const before = site.tokensGiven();
    await expect.poll(() => site.tokensGiven() - before, { timeout: 60_000 }).toBeGreaterThan(0);
    expect((await bea.facts()).status).toBe('online');
    await write('still here');
    await shows(bea, ['still here']);
  });

  it('somebody who is deactivated is signed out', async () => {
    expectComplaints(/status of 40[14]/);
    await server.addUser('leaver', 'buyer');
    const query = new URLSearchParams({
      user: 'leaver',
      conversation: 'none',
      server: server.url,
      reads: 'no',
    });
    const kit = await openKit(await person(), `${site.url}/?${query}`);
    await kit.until('it is online', (now) => now.status === 'online');
    await server.deactivate('leaver');
    await kit.until('it is signed out', (now) => now.status === 'signed-out');
  });

  it('a rate limit keeps the texts, says until when, and everything arrives in order', async () => {
    expectComplaints(networkIsAway, /status of 429/);
    await server.kill();
    const slow = await createServerProcess(site.url, { HAGGLE_MESSAGES_PER_MINUTE: '10' });
    try {
      await slow.start();
      site.giveToken((user) => slow.tokenOf(user));
      await slow.addUser('bea', 'buyer');
      await slow.addUser('ann', 'admin');
      const { id } = await slow.call<{ id: string }>('ann', 'POST', 'conversations', {
        buyerId: 'bea',
        adminId: 'ann',
      });
      const query = new URLSearchParams({ user: 'bea', conversation: id, server: slow.url });
      const bea = await openKit(await person(), `${site.url}/?${query}`);
      await online(bea);
      const texts = Array.from({ length: 12 }, (_, at) => `text ${at}`);
      for (const text of texts) await bea.send(text);
      const limited = await bea.until(
        'it is limited',
        (now) => now.blockedUntil !== null && now.messages.length === texts.length,
      );
      expect(limited.messages.map((one) => one.text)).toEqual(texts);
      await bea.until('all are sent', (now) => now.messages.every((one) => one.seq !== null), 60_000);
      expect(await bea.texts()).toEqual(texts);
    } finally {
      await slow.remove();
      await server.start();
    }
  });
});
