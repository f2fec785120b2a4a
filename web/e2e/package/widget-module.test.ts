import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { expectComplaints } from '../support/guard.ts';
import { openSite, type Site } from '../support/site.ts';

let site: Site;
let browser: Browser;
beforeAll(async () => {
  site = await openSite(fileURLToPath(new URL('../../packages/react/dist/widget', import.meta.url)));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it.each(['', 'type="module"', 'defer', 'async'])(
  'the widget stands on the page by a script tag %s',
  async (kind) => {
    // Whether somebody waits is asked of a server that is not there.
    expectComplaints(/status of 404.*\/api\/chat\/unread-count/);
    const page = await browser.newPage();
    await page.route(`${site.url}/`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><html lang="en"><title>Shop</title><main>Bolts</main><script ${kind} src="/widget.js"></script>`,
      }),
    );
    await page.goto(`${site.url}/`);
    await page.getByRole('button', { name: 'Open chat' }).waitFor();
    expect(await page.evaluate(() => typeof (window as unknown as { Haggle: object }).Haggle)).toBe('object');
    await page.close();
  },
);
