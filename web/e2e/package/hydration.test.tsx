import type { Browser } from 'playwright-core';
import { renderToString } from 'react-dom/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { places, Shop } from '../page/shop.tsx';
import { openBrowser } from '../support/browser.ts';
import { expectComplaints, networkIsAway } from '../support/guard.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
let browser: Browser;
beforeAll(async () => {
  site = await openSite();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/*
 * As a framework does it: drawn in Node, taken over in the browser. React says in the console when the two differ, and
 * what is in the console fails the test. A browser that asks about notifications, is a phone, and has a sound turned on
 * differs most from a server.
 */
it.each(Object.keys(places))('drawn on the server and taken over without a word: %s', async (name) => {
  // There is a page at this address, and no chat.
  expectComplaints(networkIsAway, /status of 404/);
  const drawn = renderToString(<Shop server={site.url}>{places[name]?.()}</Shop>);
  const context = await browser.newContext({
    isMobile: true,
    hasTouch: true,
    locale: 'de-DE',
    timezoneId: 'Asia/Tokyo',
    viewport: { width: 390, height: 844 },
  });
  await context.addInitScript(() => {
    try {
      localStorage.setItem('haggle:sound', 'on');
    } catch {
      // The empty page that comes before it may keep nothing.
    }
    Object.defineProperty(Notification, 'permission', { get: () => 'default' });
  });
  const page = await context.newPage();
  await page.route('**/hydrated.html', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ body: (await answer.text()).replace('<!--drawn-->', drawn), response: answer });
  });
  await page.goto(`${site.url}/hydrated.html#${encodeURIComponent(name)}`);
  await page.waitForFunction(() => window.isTakenOver);
  if (name === 'parts') await page.getByRole('button', { name: /notif/i }).waitFor();
  expect(drawn.length).toBeGreaterThan(100);
  await context.close();
});
