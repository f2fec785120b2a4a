import { afterAll, afterEach, beforeAll } from 'vitest';
import { createDemoServer, type DemoServer } from '../../support/demo-server.ts';
import type { Browser } from './browser.ts';
import type { Look } from './find.ts';
import { type Page, pageOf } from './page.ts';

/** The demo marketplace and a browser, for as long as the flows run. */
export interface Market {
  server: () => DemoServer;
  /** A window of their own in which somebody has logged in, or nobody; closed at the end of the flow. */
  visit: (personId: string | null, hash?: string) => Promise<Page>;
  /** The conversation of Daniel and Terre Valdoro about this product. */
  conversation: (productId: string) => Promise<string>;
  /** Terre Valdoro writes, in no window. */
  answer: (conversationId: string, content: string) => Promise<unknown>;
  texts: (conversationId: string) => Promise<string[]>;
}

export const buyer = 'buyer-daniel';
export const supplier = 'supplier-bellandi';

export function openMarket(openBrowser: () => Promise<Browser>): Market {
  let server: DemoServer;
  let browser: Browser;
  let windows: Page[] = [];

  beforeAll(async () => {
    server = await createDemoServer();
    await server.start();
    browser = await openBrowser();
  });
  afterEach(async () => {
    await Promise.all(windows.map((window) => window.close()));
    windows = [];
  });
  afterAll(async () => {
    await browser?.close();
    await server?.remove();
  });

  return {
    server: () => server,
    visit: async (personId, hash = '') => {
      const page = pageOf(await browser.open());
      windows.push(page);
      await page.goto(`${server.url}/${personId ? `?as=${personId}` : ''}${hash}`);
      await page.see({ css: 'main' });
      return page;
    },
    conversation: (productId) => server.conversation(buyer, 'company-valdoro', productId),
    answer: (id, content) => server.call(supplier, 'POST', `conversations/${id}/messages`, { content }),
    texts: (id) => server.texts(buyer, id),
  };
}

export const field: Look = { role: 'textbox', name: /^Message to/ };
export const bubble = (text: string | RegExp): Look => ({ text, within: 'log' });
export const button = (name: string | RegExp): Look => ({ role: 'button', name });

export async function say(page: Page, text: string): Promise<void> {
  await page.write(field, text);
  await page.press('Enter');
  await page.see(bubble(text));
}

/** What stands in the field in which one writes. */
export const written = (page: Page) => page.ask(field, (element) => (element as HTMLTextAreaElement).value);
