import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { openSite, type Site } from '../support/site.ts';

const folder = fileURLToPath(new URL('../../node_modules/.cache/haggle-catalogue', import.meta.url));

/** Every state of the kit by its address, without a server. */
export interface Catalogue {
  /** A page that shows nothing yet, and how it is sent to a state. */
  blank: (options?: BrowserContextOptions) => Promise<Page>;
  goto: (page: Page, query: string) => Promise<void>;
  open: (query: string, options?: BrowserContextOptions) => Promise<Page>;
}

export function catalogueForTests(): Catalogue {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await openSite(folder);
    browser = await openBrowser();
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const blank: Catalogue['blank'] = async (options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    return context.newPage();
  };
  const goto: Catalogue['goto'] = async (page, query) => {
    await page.goto(`${site.url}/?${query}`);
    await page.evaluate(() => document.fonts.ready);
  };
  return {
    blank,
    goto,
    open: async (query, options) => {
      const page = await blank(options);
      await goto(page, query);
      return page;
    },
  };
}
