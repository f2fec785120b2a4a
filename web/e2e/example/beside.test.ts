import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Haggle, haggle, haggleCommand } from '../support/haggle.ts';
import type { Front } from '../support/nginx.ts';
import { openFront } from './front.ts';
import {
  buildShop,
  type Database,
  home,
  logIn,
  type Shop,
  schemaTool,
  sessionSecret,
  startDatabase,
  startShop,
  visitor,
} from './shop.ts';

/* Haggle in the shop's own pages, behind one address, with the shop's own sessions and nothing but its settings file. */
let folder: string;
let database: Database;
let shop: Shop;
let chat: Haggle;
let front: Front;
let browser: Browser;
beforeAll(async () => {
  buildShop();
  folder = mkdtempSync(join(tmpdir(), 'haggle-beside-'));
  database = await startDatabase();
  shop = await startShop({ DATABASE_URL: database.url, CHAT: 'haggle' });
  expect((await haggleCommand(['migrate'], folder, settings())).status).toBe(0);
  chat = await haggle('serve', folder, settings());
  await chat.start();
  front = await openFront(shop.url, chat.url);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await front?.close();
  await chat?.end('SIGTERM');
  await shop?.stop();
  await database?.stop();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  id: string;
  participants: { admin?: { id: 'anna' | 'tomas' } };
}

const settings = () => ({
  HAGGLE_CONFIG: join(home, 'haggle.toml'),
  DATABASE_URL: database.url,
  HAGGLE_SESSION_SECRET: sessionSecret,
});

it('a customer asks about a product by the script tag, and sees on the button that the team has answered', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await logIn(page, front.url, 'bea');
  await page.getByRole('link', { name: /Hex bolt/ }).click();
  await page.getByRole('button', { name: 'Open chat' }).click();
  const field = page.getByRole('textbox', { name: /Message to/ });
  await field.fill('What do a thousand cost?');
  await field.press('Enter');
  await page.getByTitle('Sent').waitFor();

  const bea = await visitor(front.url, 'bea');
  const { conversations } = await bea.ask<{ conversations: Asked[] }>('GET', '/chat/conversations');
  expect(conversations).toMatchObject([
    { product: { name: 'Hex bolt M8 × 40', image: '/pictures/hex-bolt-m8.svg' } },
  ]);
  const [asked] = conversations;
  const team = await visitor(front.url, asked?.participants.admin?.id ?? 'anna');
  if (!asked?.participants.admin) await team.ask('POST', `/chat/conversations/${asked?.id}/join`);
  await page.goto('about:blank');
  await team.ask('POST', `/chat/conversations/${asked?.id}/messages`, { content: 'Two hundred euros.' });

  await page.goto(front.url);
  const launcher = page.getByRole('button', { name: 'Open chat' });
  await launcher.getByText('1', { exact: true }).waitFor();
  await launcher.click();
  await page.getByRole('button', { name: /Two hundred euros/ }).click();
  await page.getByRole('log').getByText('Two hundred euros.').waitFor();
  await context.close();
});

it('whoever logs out at the shop is out of the chat, also in a page that is open', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await logIn(page, front.url, 'cem');
  const asked = () => page.evaluate(async () => (await fetch('/api/chat/limits')).status);
  expect(await asked()).toBe(200);
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('link', { name: 'Log in' }).waitFor();
  await page.goto('about:blank');
  const cem = await visitor(front.url, 'cem');
  const status = async () =>
    (await fetch(`${front.url}/api/chat/unread-count`, { headers: { Cookie: cem.cookie } })).status;
  expect(await status()).toBe(200);
  await cem.ask('POST', '/logout');
  await expect.poll(status).toBe(401);
  await context.close();
});

it('people of the shop who have no role in the chat are nobody there', async () => {
  const pat = await visitor(front.url, 'pat');
  const answer = await fetch(`${front.url}/api/chat/conversations`, { headers: { Cookie: pat.cookie } });
  expect(answer.status).toBe(401);
});

it("Haggle's checks find nothing to mend", async () => {
  const { status, output } = await haggleCommand(['check'], folder, settings());
  expect(output).not.toContain('FAIL');
  expect(status).toBe(0);
});

it("the shop's schema tool wants to change nothing beside Haggle", () => {
  expect(schemaTool(database.url, { CHAT: 'haggle' })).toContain('No changes detected');
});
