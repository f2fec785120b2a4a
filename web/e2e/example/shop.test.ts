import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { buildShop, logIn, oldThread, type Shop, sayInOldPage, startShop, visitor } from './shop.ts';

/* The shop as it was before Haggle: by one command, with a database of its own. */
let data: string;
let shop: Shop;
let browser: Browser;
beforeAll(async () => {
  buildShop();
  data = mkdtempSync(join(tmpdir(), 'haggle-shop-'));
  shop = await startShop({ DATA_DIR: data });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await shop?.stop();
  if (data) rmSync(data, { recursive: true, force: true });
});

it('a customer asks about a product in the old chat, with a file, and the shop answers', async () => {
  const [customer, team] = [await browser.newContext(), await browser.newContext()];
  const [bea, anna] = [await customer.newPage(), await team.newPage()];
  await logIn(bea, shop.url, 'bea');
  await bea.getByRole('link', { name: /Hex bolt/ }).click();
  await bea.getByRole('button', { name: 'Ask about this' }).click();
  await sayInOldPage(bea, 'What do a thousand cost?');
  await bea.getByLabel('Attach').setInputFiles({
    name: 'drawing 7.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('M8 × 40'),
  });
  await sayInOldPage(bea, 'As in this drawing.');

  await logIn(anna, shop.url, 'anna');
  await anna.getByRole('link', { name: 'Messages' }).click();
  await anna.getByRole('link', { name: /Harbour Hotels/ }).click();
  await oldThread(anna).getByText('What do a thousand cost?').waitFor();
  const file = await oldThread(anna)
    .getByRole('link', { name: /drawing-7\.txt/ })
    .getAttribute('href');
  expect(await (await fetch(shop.url + file)).text()).toBe('M8 × 40');
  await sayInOldPage(anna, 'Two hundred euros.');
  await oldThread(bea).getByText('Two hundred euros.').waitFor();

  await anna.getByRole('link', { name: 'Report' }).click();
  await anna.getByRole('row', { name: /^Harbour Hotels 1 3 2 / }).waitFor();
  await customer.close();
  await team.close();
});

it('whoever is not active, or nobody, is let in nowhere', async () => {
  await expect(visitor(shop.url, 'emil')).rejects.toThrow('emil cannot log in: 401');
  expect((await fetch(`${shop.url}/api/conversations`)).status).toBe(401);
});

it('people see only their own conversations', async () => {
  const cem = await visitor(shop.url, 'cem');
  const { id } = await cem.ask<{ id: string }>('POST', '/conversations', {});
  const dora = await visitor(shop.url, 'dora');
  await expect(dora.ask('GET', `/conversations/${id}/messages`)).rejects.toThrow('403');
  expect(await dora.ask('GET', '/conversations')).toEqual([]);
});

it('started again it has what was there', async () => {
  const dora = await visitor(shop.url, 'dora');
  const { id } = await dora.ask<{ id: string }>('POST', '/conversations', {});
  await dora.ask('POST', `/conversations/${id}/messages`, { message: 'Still there?' });
  await shop.stop();
  const before = shop.databaseUrl;
  shop = await startShop({ DATA_DIR: data });
  expect(shop.databaseUrl).toBe(before);
  const again = await visitor(shop.url, 'dora');
  const messages = await again.ask<{ message: string }[]>('GET', `/conversations/${id}/messages`);
  expect(messages.map((one) => one.message)).toEqual(['Still there?']);
});
