import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { createDemoServer, type DemoServer } from '../support/demo-server.ts';

/** The demo marketplace and a browser, for as long as the tests of a file run. */
export interface Demo extends Pick<DemoServer, 'call' | 'conversation' | 'texts' | 'kill' | 'start'> {
  url: () => string;
  /** A browser of their own in which somebody has logged in, or nobody; closed at the end of the test. */
  visit: (personId: string | null, hash?: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Another page of the same browser. */
  tab: (beside: Page, personId: string, hash?: string) => Promise<Page>;
  /** A browser of its own at any address. */
  open: (address: string, options?: BrowserContextOptions) => Promise<Page>;
}

export function demoForTests(settings: () => Record<string, string> = () => ({})): Demo {
  let server: DemoServer;
  let browser: Browser;
  let contexts: BrowserContext[] = [];

  beforeAll(async () => {
    server = await createDemoServer(settings());
    await server.start();
    browser = await openBrowser();
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  const addressOf = (personId: string | null, hash = '') =>
    `${server.url}/${personId ? `?as=${personId}` : ''}${hash}`;

  async function tab(context: BrowserContext, address: string): Promise<Page> {
    const page = await context.newPage();
    await page.goto(address);
    await page.locator('main').waitFor();
    return page;
  }

  async function open(address: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    contexts.push(context);
    return tab(context, address);
  }

  return {
    url: () => server.url,
    call: (...asked) => server.call(...asked),
    conversation: (...about) => server.conversation(...about),
    texts: (...asked) => server.texts(...asked),
    visit: (personId, hash, options) => open(addressOf(personId, hash), options),
    tab: (beside, personId, hash) => tab(beside.context(), addressOf(personId, hash)),
    open,
    kill: () => server.kill(),
    start: () => server.start(),
  };
}

/** The field in which one writes, and what was written. */
export const fieldOf = (page: Page) => page.getByRole('textbox', { name: /Message to/ });
export const threadOf = (page: Page) => page.getByRole('log');

export async function say(page: Page, text: string): Promise<void> {
  await fieldOf(page).fill(text);
  // On a keyboard of glass Enter breaks the line.
  const isTouch = await page.evaluate(() => matchMedia('(pointer: coarse)').matches);
  if (isTouch) await page.getByRole('button', { name: 'Send', exact: true }).click();
  else await fieldOf(page).press('Enter');
}

/** The bubble with exactly this text. */
export const bubble = (page: Page, text: string | RegExp) => threadOf(page).getByText(text, { exact: true });
