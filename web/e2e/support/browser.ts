import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Kit } from '../page/main.tsx';

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
}

export type Facts = Omit<Kit, 'send' | 'retry' | 'loadOlder' | 'reconnect'>;

/** One tab with the kit in it. */
export interface KitPage {
  page: Page;
  /** Everything the page did that a console would show in red. */
  complaints: string[];
  send: (text: string) => Promise<string>;
  facts: () => Promise<Facts>;
  /** Waits until the page says so; the condition runs here. */
  until: (what: string, condition: (facts: Facts) => boolean, timeoutMs?: number) => Promise<Facts>;
  texts: () => Promise<string[]>;
}

export async function openKit(context: BrowserContext, url: string): Promise<KitPage> {
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAboutNetwork(message.text())) complaints.push(message.text());
  });
  await page.goto(url);
  await page.waitForFunction(() => window.kit !== undefined);
  const facts = () =>
    page.evaluate((): Facts => {
      const { status, unread, conversations, loading, messages, blockedUntil, hasOlder } = window.kit;
      return { status, unread, conversations, loading, messages, blockedUntil, hasOlder };
    });
  return {
    page,
    complaints,
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

/** The browser itself reports a server that is away; the page is not to blame. */
function isAboutNetwork(text: string): boolean {
  return (
    text.includes('net::ERR_') || text.includes('WebSocket connection to') || text.includes('status of 5')
  );
}
