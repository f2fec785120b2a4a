import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

/** The marketplace in examples/express-marketplace, as its own command starts it. */
export interface Shop {
  url: string;
  databaseUrl: string;
  stop: () => Promise<void>;
}

const home = fileURLToPath(new URL('../../../examples/express-marketplace/', import.meta.url));
const sessionSecret = 'the secret of the sessions of this shop';

/** By its own build, once for the tests of a file. */
export function buildShop(): void {
  if (!existsSync(join(home, 'node_modules'))) throw new Error(`run \`npm ci\` in ${home}`);
  execFileSync('npm', ['run', 'build'], { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] });
}

export async function startShop(settings: Record<string, string>): Promise<Shop> {
  const uploads = mkdtempSync(join(tmpdir(), 'haggle-uploads-'));
  // What `npm start` runs when the pages are built.
  const child = spawn(process.execPath, ['start.js'], {
    cwd: home,
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      SESSION_SECRET: sessionSecret,
      UPLOADS_DIR: uploads,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = await until(child, /the database is (.*)\n(?:.*\n)*the shop is at (.*)\n/);
  return {
    databaseUrl: said[1] ?? '',
    url: said[2] ?? '',
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(uploads, { recursive: true, force: true });
    },
  };
}

function until(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let log = '';
    const hear = (text: unknown) => {
      log += String(text);
      const found = pattern.exec(log);
      if (found) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${log}`)));
  });
}

export type Person = 'bea' | 'cem' | 'dora' | 'anna' | 'tomas' | 'pat' | 'emil';
const addresses: Record<Person, string> = {
  bea: 'bea@harbour-hotels.example',
  cem: 'cem@example.com',
  dora: 'dora@old-mill.example',
  anna: 'anna@dockside.example',
  tomas: 'tomas@dockside.example',
  pat: 'pat@dockside.example',
  emil: 'emil@example.com',
};

/** Somebody who is logged in at the shop, and uses it without a browser. */
export interface Visitor {
  cookie: string;
  ask: <T>(method: string, path: string, body?: unknown) => Promise<T>;
}

export async function visitor(url: string, person: Person): Promise<Visitor> {
  const login = await fetch(`${url}/api/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: addresses[person], password: 'dockside' }),
  });
  const cookie = login.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`${person} cannot log in: ${login.status}`);
  return {
    cookie,
    ask: async <T>(method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${url}/api${path}`, {
        method,
        headers: { Cookie: cookie, 'Content-Type': 'application/json', Origin: url },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      const text = await answer.text();
      return (text ? JSON.parse(text) : null) as T;
    },
  };
}

/** By the form, as people do it. */
export async function logIn(page: Page, url: string, person: Person): Promise<void> {
  await page.goto(`${url}/login`);
  await page.getByLabel('Email').fill(addresses[person]);
  await page.getByLabel('Password').fill('dockside');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: 'Log out' }).waitFor();
}

/** The old chat's page. */
export const oldThread = (page: Page) => page.getByRole('list', { name: 'Messages' });

export async function sayInOldPage(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await oldThread(page).getByText(text, { exact: true }).waitFor();
}
