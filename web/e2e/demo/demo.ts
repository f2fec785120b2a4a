import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Haggle, haggle } from '../support/haggle.ts';

/** The demo marketplace, as `haggle demo` serves it, and a browser, for as long as the tests of a file run. */
export interface Demo {
  url: () => string;
  /** Calls an endpoint as this person. */
  call: <T>(personId: string, method: string, path: string, body?: unknown) => Promise<T>;
  /** Finds or opens the conversation of a buyer and a supplier about a product. */
  conversation: (buyerId: string, supplierId: string, productId: string) => Promise<string>;
  /** The texts of a conversation, oldest first, the newest hundred at most. */
  texts: (personId: string, conversationId: string) => Promise<string[]>;
  /** A browser of their own in which somebody has logged in, or nobody; closed at the end of the test. */
  visit: (personId: string | null, hash?: string, options?: BrowserContextOptions) => Promise<Page>;
  /** Another page of the same browser. */
  tab: (beside: Page, personId: string, hash?: string) => Promise<Page>;
  /** A browser of its own at any address. */
  open: (address: string, options?: BrowserContextOptions) => Promise<Page>;
  /** As the machine would: no goodbye. */
  kill: () => Promise<void>;
  start: () => Promise<void>;
}

export function demoForTests(settings: () => Record<string, string> = () => ({})): Demo {
  let folder: string;
  let server: Haggle;
  let browser: Browser;
  let contexts: BrowserContext[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'haggle-demo-'));
    server = await haggle('demo', folder, settings());
    await server.start();
    browser = await openBrowser();
  });
  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
  });
  afterAll(async () => {
    await browser?.close();
    await server?.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
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

  const call: Demo['call'] = (personId, method, path, body) =>
    callAs(server.url, personId, method, path, body);

  return {
    url: () => server.url,
    call,
    conversation: async (buyerId, supplierId, productId) => {
      const about = { supplierId, productId };
      return (await call<{ id: string }>(buyerId, 'POST', 'conversations', about)).id;
    },
    texts: async (personId, id) => {
      const path = `conversations/${id}/messages?limit=100&markRead=false`;
      const { messages } = await call<{ messages: { message: string }[] }>(personId, 'GET', path);
      return messages.map((one) => one.message).reverse();
    },
    visit: (personId, hash, options) => open(addressOf(personId, hash), options),
    tab: (beside, personId, hash) => tab(beside.context(), addressOf(personId, hash)),
    open,
    kill: () => server.end('SIGKILL'),
    start: () => server.start(),
  };
}

export async function tokenOf(url: string, personId: string): Promise<string> {
  const login = await fetch(`${url}/api/demo/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userId: personId }),
  });
  return ((await login.json()) as { token: string }).token;
}

async function callAs<T>(url: string, personId: string, method: string, path: string, body?: unknown) {
  const answer = await fetch(`${url}/api/chat/${path}`, {
    method,
    headers: {
      'Content-Type': 'application/json',
      Authorization: `Bearer ${await tokenOf(url, personId)}`,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
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
