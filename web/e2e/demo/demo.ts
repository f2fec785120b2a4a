import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';

/** The demo marketplace, as `haggle demo` serves it. */
export interface Demo {
  url: string;
  /** Calls an endpoint as this person. */
  call: <T>(personId: string, method: string, path: string, body?: unknown) => Promise<T>;
  close: () => Promise<void>;
}

const startTimeoutMs = 90_000;

/** `HAGGLE_DEMO_URL` when one runs already, else one of its own from `HAGGLE_BINARY` or what `cargo build` left. */
export async function openDemo(allowedOrigin = ''): Promise<Demo> {
  const running = process.env['HAGGLE_DEMO_URL'];
  if (running) return { url: running, call: callerAt(running), close: async () => undefined };
  const folder = mkdtempSync(join(tmpdir(), 'haggle-demo-'));
  const child = spawn(binary(), ['demo'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HAGGLE_LISTEN: '127.0.0.1:0',
      HAGGLE_DATA_DIR: join(folder, 'data'),
      HAGGLE_MESSAGES_PER_MINUTE: '0',
      HAGGLE_CONVERSATIONS_PER_HOUR: '0',
      ...(allowedOrigin && { HAGGLE_ALLOWED_ORIGINS: allowedOrigin }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const url = await addressOf(child);
  const close = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url, call: callerAt(url), close };
}

function binary(): string {
  const built = fileURLToPath(new URL('../../../target/debug/haggle', import.meta.url));
  const path = process.env['HAGGLE_BINARY'] ?? built;
  if (!existsSync(path)) throw new Error(`no server at ${path}; run \`cargo build\` or set HAGGLE_BINARY`);
  return path;
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    const timer = setTimeout(() => reject(new Error(`the demo did not start:\n${log}`)), startTimeoutMs);
    const hear = (text: unknown) => {
      log += String(text);
      const address = /haggle listening on (http:\S+)/.exec(log)?.[1];
      if (!address) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`the demo ended:\n${log}`)));
  });
}

function callerAt(url: string): Demo['call'] {
  return async <T>(personId: string, method: string, path: string, body?: unknown) => {
    const headers = { 'Content-Type': 'application/json' };
    const login = await fetch(`${url}/api/demo/login`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ userId: personId }),
    });
    const { token } = (await login.json()) as { token: string };
    const answer = await fetch(`${url}/api/chat/${path}`, {
      method,
      headers: { ...headers, Authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
}

export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** Everything a console would show in red, refused by the page's policy or not. */
  complaints: string[];
}

/** A tab in which somebody has logged in, or nobody. */
export async function visit(
  browser: Browser,
  url: string,
  personId: string | null,
  hash = '',
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
  await page.goto(`${url}/${personId ? `?as=${personId}` : ''}${hash}`);
  await page.locator('main').waitFor();
  return { page, context, complaints };
}
