import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { expectComplaints } from '../support/guard.ts';
import { createServerProcess, type Server } from '../support/server.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
let server: Server;
let browser: Browser;
let conversation: string;

beforeAll(async () => {
  site = await openSite();
  server = await createServerProcess(site.url);
  await server.start();
  await server.addUser('bea', 'buyer');
  await server.addUser('bob', 'supplier');
  await server.addSupplier('acme', 'bob');
  const purpose = { supplierId: 'acme' };
  conversation = (await server.call<{ id: string }>('bea', 'POST', 'conversations', purpose)).id;
  browser = await openBrowser();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await site?.close();
});

const seconds = 8;

/** The site gives a token of a few seconds, the same for as long as it is good, and then what `next` says. */
function giveShortToken(next: () => string | null): void {
  // Claims are in whole seconds.
  const end = (Math.floor(Date.now() / 1000) + seconds) * 1000;
  const token = server.tokenOf('bea', seconds);
  site.giveToken(() => (Date.now() < end ? token : next()));
}

/** Bea's page, and how its sockets came and went. */
async function open(): Promise<{ page: Page; sockets: string[] }> {
  const page = await (await browser.newContext()).newPage();
  const sockets: string[] = [];
  page.on('websocket', (socket) => {
    sockets.push('opened');
    socket.on('close', () => sockets.push('closed'));
  });
  // Whatever the page says of its connection, however short.
  await page.addInitScript(() => {
    Object.assign(window, { said: [] });
    new MutationObserver(() => {
      const words = document.querySelector('p[data-status]')?.textContent;
      if (words) (window as unknown as { said: string[] }).said.push(words);
    }).observe(document, { childList: true, subtree: true });
  });
  const query = new URLSearchParams({ look: 'page', user: 'bea', conversation, server: server.url });
  await page.goto(`${site.url}/?${query}`);
  await page.getByRole('textbox', { name: /Message to/ }).waitFor();
  return { page, sockets };
}

const write = (content: string) =>
  server.call('bob', 'POST', `conversations/${conversation}/messages`, { content });
const bubble = (page: Page, text: string) => page.getByRole('log').getByText(text, { exact: true });

it('a token that ends under an open socket is replaced, and nobody notices', async () => {
  expectComplaints(/status of 401/);
  giveShortToken(() => server.tokenOf('bea'));
  const { page, sockets } = await open();
  await write('Before its end');
  await bubble(page, 'Before its end').waitFor();
  await expect.poll(() => sockets).toEqual(['opened', 'closed', 'opened']);
  await write('After its end');
  await bubble(page, 'After its end').waitFor();
  expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toEqual([]);
});

it('who is not given another is told so, keeps what they write, and goes on after signing in', async () => {
  expectComplaints(/status of 401/);
  giveShortToken(() => null);
  const { page } = await open();
  await page.getByText('Your session has ended. Sign in again to continue.').waitFor();
  const field = page.getByRole('textbox', { name: /Message to/ });
  await field.fill('Written without a session');
  await field.press('Enter');
  await bubble(page, 'Written without a session').waitFor();
  await field.fill('Half a sentence');

  site.giveToken((user) => server.tokenOf(user));
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Your session has ended.').waitFor({ state: 'detached' });
  await expect
    .poll(async () => {
      const { messages } = await server.call<{ messages: { message: string }[] }>(
        'bob',
        'GET',
        `conversations/${conversation}/messages?markRead=false`,
      );
      return messages[0]?.message;
    })
    .toBe('Written without a session');
  expect(await field.inputValue()).toBe('Half a sentence');
  await write('Welcome back');
  await bubble(page, 'Welcome back').waitFor();
});
