import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { frames } from '../support/anchor.ts';
import { openBrowser } from '../support/browser.ts';
import { lineMoved, watchLine } from '../support/line.ts';
import { createServerProcess, type Server } from '../support/server.ts';
import { openSite, type Site } from '../support/site.ts';

const TOTAL = 300;
const UNREAD = [250, 120, 60, 25, 9, 3];

let site: Site;
let server: Server;
let browser: Browser;
let conversation: string;
const ids: string[] = [];

beforeAll(async () => {
  site = await openSite();
  server = await createServerProcess(site.url);
  await server.start();
  await server.addUser('bea', 'buyer');
  await server.addUser('bob', 'supplier');
  await server.addSupplier('bob', 'bob');
  site.giveToken((user) => server.tokenOf(user));
  const opened = await server.call<{ id: string }>('bea', 'POST', 'conversations', { supplierId: 'bob' });
  conversation = opened.id;
  for (let each = 1; each <= TOTAL; each += 1) {
    const { message } = await server.call<{ message: { id: string } }>(
      'bob',
      'POST',
      `conversations/${conversation}/messages`,
      { content: `Message ${each}` },
    );
    ids.push(message.id);
  }
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await site?.close();
});

it.each(UNREAD)(
  'with %i of 300 unread it opens at the line and stays there, on every screen',
  async (unread) => {
    const moved: Record<string, number> = {};
    await server.call('bea', 'PATCH', `conversations/${conversation}/read`, {
      upTo: ids[TOTAL - unread - 1],
    });
    for (const [width, height] of [
      [2560, 1440],
      [1280, 800],
      [390, 844],
    ] as const) {
      const context = await browser.newContext({ viewport: { width, height } });
      // What is seen here stays unread for the next.
      await context.route('**/read', (route) => route.fulfill({ json: { unreadCount: unread } }));
      const page = await context.newPage();
      await watchLine(page, 'New messages');
      const query = new URLSearchParams({ user: 'bea', conversation, server: server.url, look: 'page' });
      await page.goto(`${site.url}/?${query}`);
      await page.getByText('New messages').waitFor();
      await page.getByText(`Message ${TOTAL - unread + 1}`, { exact: true }).waitFor();
      await frames(page, 30);
      const pixels = await lineMoved(page);
      if (pixels > 1) moved[`${width} × ${height}`] = Math.round(pixels);
      await context.close();
    }
    expect(moved).toEqual({});
  },
);
