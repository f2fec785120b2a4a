import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { expectComplaints, networkIsAway } from '../support/guard.ts';
import { createServerProcess, type Server } from '../support/server.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
let server: Server;
let browser: Browser;
let context: BrowserContext;
const conversations: Record<'open' | 'other', string> = { open: '', other: '' };

beforeAll(async () => {
  site = await openSite();
  server = await createServerProcess(site.url);
  await server.start();
  await server.addUser('bea', 'buyer');
  await server.addUser('bob', 'supplier');
  await server.addUser('eve', 'supplier');
  await server.addSupplier('bob', 'bob');
  await server.addSupplier('eve', 'eve');
  site.giveToken((user) => server.tokenOf(user));
  for (const [name, supplierId] of [
    ['open', 'bob'],
    ['other', 'eve'],
  ] as const) {
    const { id } = await server.call<{ id: string }>('bea', 'POST', 'conversations', { supplierId });
    conversations[name] = id;
    await server.call(supplierId, 'POST', `conversations/${id}/messages`, { content: `From ${supplierId}` });
  }
  browser = await openBrowser();
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
});
afterEach(() => context.close());
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await site?.close();
});

const addressOf = (conversation: string) =>
  `${site.url}/?${new URLSearchParams({ user: 'bea', conversation, server: server.url, look: 'page' })}`;
const said = (page: Page, text: string) => page.getByRole('log').getByText(text, { exact: true });

/** Everything that is saved so far. */
const savedText = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).map((each) => each.name);
    if (!names.includes('haggle-cache')) return '';
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => request.addEventListener('success', () => resolve(request.result)));
    const database = await answer(indexedDB.open('haggle-cache'));
    const records = await answer(database.transaction('saved').objectStore('saved').getAll());
    database.close();
    return JSON.stringify(records);
  });

it('what was open is there after a reload while the server is away, and goes on when it is back', async () => {
  expectComplaints(networkIsAway);
  const page = await context.newPage();
  await page.goto(addressOf(conversations.open));
  await said(page, 'From bob').waitFor();
  await expect.poll(() => savedText(page)).toContain('hasOlder');
  await server.kill();
  await page.reload();
  await said(page, 'From bob').waitFor();
  await page.locator('[data-conversation]').filter({ hasText: 'Eve' }).waitFor();
  await server.start();
  await server.call('bob', 'POST', `conversations/${conversations.open}/messages`, { content: 'After that' });
  await said(page, 'After that').waitFor();
});

it('who joined and left is still there after a reload', async () => {
  await server.addUser('ann', 'admin');
  const page = await context.newPage();
  await page.goto(addressOf(conversations.open));
  await said(page, 'From bob').waitFor();
  await server.call('ann', 'POST', `conversations/${conversations.open}/join`);
  await said(page, 'Ann joined the conversation').waitFor();
  await server.call('ann', 'POST', `conversations/${conversations.open}/leave`);
  await said(page, 'Ann left the conversation').waitFor();
  await expect.poll(() => savedText(page)).toContain('left');
  await page.reload();
  await said(page, 'Ann joined the conversation').waitFor();
  await said(page, 'Ann left the conversation').waitFor();
});

it('a conversation that was never opened says so without a network, and opens when it is back', async () => {
  expectComplaints(networkIsAway);
  const page = await context.newPage();
  await page.goto(addressOf(conversations.open));
  await said(page, 'From bob').waitFor();
  await page.route('**/api/chat/**', (route) => route.abort('internetdisconnected'));
  await context.setOffline(true);
  await page.evaluate((id) => window.openConversation(id), conversations.other);
  await page.getByText('Not available offline').waitFor();
  await page.unroute('**/api/chat/**');
  await context.setOffline(false);
  await said(page, 'From eve').waitFor();
});

it('with every storage forbidden the page works', async () => {
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      });
  });
  const page = await context.newPage();
  await page.goto(addressOf(conversations.open));
  await said(page, 'From bob').waitFor();
  await page.getByRole('textbox', { name: /Message to/ }).fill('Nothing is stored');
  await page.keyboard.press('Enter');
  await said(page, 'Nothing is stored').waitFor();
  await page.getByTitle(/Sent|Delivered/).waitFor();
});
