import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectComplaints } from '../support/guard.ts';
import { demoForTests, fieldOf, threadOf } from './demo.ts';

const demo = demoForTests();
const open = (productId: string) => demo.conversation('buyer-daniel', 'company-valdoro', productId);
const KB = 1024;

/** The line of somebody far away, for this tab: real bytes go slowly, instead of requests that are held. */
async function slow(page: Page, uploadBytesPerSecond: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: uploadBytesPerSecond < 0 ? 0 : 150,
    downloadThroughput: -1,
    uploadThroughput: uploadBytesPerSecond,
  });
}

const prices = {
  name: 'prices.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from('item;price\nplanter;12\n'.repeat(20_000)),
};
const inTray = (page: Page) => page.locator('form').getByRole('listitem').filter({ hasText: 'prices.csv' });
const isUnderWay = (page: Page) => inTray(page).getByRole('progressbar').waitFor();
const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true });

it('a file on a slow line outlives Enter, Back, another conversation and a reload, and is sent once', async () => {
  // What a reload cuts off, the browser may tell in the console.
  expectComplaints(/net::ERR_/);
  const id = await open('product-planter');
  const other = await open('product-bowl');
  const page = await demo.visit('buyer-daniel', '#/messages');
  await page.locator(`[data-conversation="${id}"]`).click();
  await fieldOf(page).fill('With the prices');
  await slow(page, 30 * KB);
  await page.locator('input[type=file]').setInputFiles(prices);
  await isUnderWay(page);
  await fieldOf(page).press('Enter');
  expect(await fieldOf(page).inputValue()).toBe('With the prices');
  await page
    .getByText(/upload/i)
    .first()
    .waitFor();

  await page.goBack();
  await fieldOf(page).waitFor({ state: 'detached' });
  await page.locator(`[data-conversation="${other}"]`).click();
  await expect.poll(() => fieldOf(page).inputValue()).toBe('');
  expect(await inTray(page).count()).toBe(0);
  await page.locator(`[data-conversation="${id}"]`).click();
  await expect.poll(() => fieldOf(page).inputValue()).toBe('With the prices');
  await isUnderWay(page);

  await page.reload();
  await expect.poll(() => fieldOf(page).inputValue()).toBe('With the prices');
  await inTray(page).waitFor();

  // The same draft in another tab: its words are there, and the file stays with the tab that sends it.
  const second = await demo.tab(page, 'buyer-daniel', `#/messages/${id}`);
  await expect.poll(() => fieldOf(second).inputValue()).toBe('With the prices');

  await slow(page, -1);
  await expect.poll(() => send(page).isEnabled()).toBe(true);
  await send(page).click();
  await threadOf(page)
    .getByRole('link', { name: /prices\.csv/ })
    .waitFor();
  await threadOf(second)
    .getByRole('link', { name: /prices\.csv/ })
    .waitFor();
  await expect.poll(() => fieldOf(page).inputValue()).toBe('');
  await expect.poll(() => fieldOf(second).inputValue()).toBe('');
  const texts = await demo.texts('buyer-daniel', id);
  expect(texts.filter((text) => text === 'With the prices')).toHaveLength(1);
});
