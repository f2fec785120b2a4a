import { createServer } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from './browser.ts';
import { takeComplaints } from './guard.ts';

let browser: Browser;
let address: string;
let hear = (_answer: () => void) => {};
const late = new Promise<() => void>((resolve) => {
  hear = resolve;
});
const site = createServer((request, response) => {
  if (request.url === '/late') {
    hear(() => response.writeHead(404).end());
    return;
  }
  response
    .writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': "script-src 'self'" })
    .end('<!doctype html><title>Site</title><link rel="icon" href="data:,">');
});

beforeAll(async () => {
  browser = await openBrowser();
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const listening = site.address();
  address = `http://127.0.0.1:${typeof listening === 'object' ? listening?.port : ''}`;
});
afterAll(async () => {
  await browser?.close();
  site.close();
});

it.each([
  ['an error in the console', 'console: broken', "console.error('broken')"],
  [
    'an exception that nobody caught',
    'exception: Error: thrown',
    "void setTimeout(() => { throw new Error('thrown') })",
  ],
  [
    'a breach of the policy',
    'policy: script-src-attr inline',
    'document.body.innerHTML = \'<img src="data:," onerror="1">\'',
  ],
])('the guard sees %s', async (_what, expected, act) => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  await page.evaluate(act);
  const seen: string[] = [];
  await expect
    .poll(() => {
      seen.push(...takeComplaints());
      return seen;
    })
    .toContainEqual(expect.stringContaining(expected));
  // Some come in two ways; whatever is still on its way arrives before the page has gone.
  await context.close();
  takeComplaints();
});

it('the guard sees a request fail that is still on its way when the page is closed', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  await Promise.all([page.waitForRequest(`${address}/late`), page.evaluate(() => void fetch('/late'))]);
  const closed = context.close();
  // The browser has sent it; the server hears of it when it does.
  const answer = await late;
  answer();
  await closed;
  expect(takeComplaints()).toEqual([expect.stringContaining('status of 404')]);
});
