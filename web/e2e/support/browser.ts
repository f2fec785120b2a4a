import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Kit } from '../page/main.tsx';
import { watch } from './guard.ts';

/** A browser whose every page is under guard. */
export async function openBrowser(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await newContext(options);
    await watch(context);
    return context;
  };
  return browser;
}

export type Facts = Omit<Kit, 'send' | 'retry' | 'loadOlder' | 'reconnect'>;

/** One tab with the kit in it. */
export interface KitPage {
  page: Page;
  send: (text: string) => Promise<string>;
  facts: () => Promise<Facts>;
  /** Waits until the page says so; the condition runs here. */
  until: (what: string, condition: (facts: Facts) => boolean, timeoutMs?: number) => Promise<Facts>;
  texts: () => Promise<string[]>;
}

export async function openKit(context: BrowserContext, url: string): Promise<KitPage> {
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => window.kit !== undefined);
  const facts = () =>
    page.evaluate((): Facts => {
      const { status, unread, conversations, loading, messages, blockedUntil, hasOlder } = window.kit;
      return { status, unread, conversations, loading, messages, blockedUntil, hasOlder };
    });
  return {
    page,
    send: (text) => page.evaluate((what) => window.kit.send(what), text),
    facts,
    until: async (what, condition, timeoutMs = 30_000) => {
      const end = Date.now() + timeoutMs;
      for (;;) {
        const now = await facts();
        if (condition(now)) return now;
        if (Date.now() > end) throw new Error(`waited in vain until ${what}; it was ${JSON.stringify(now)}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    texts: async () => (await facts()).messages.map((message) => message.text),
  };
}
