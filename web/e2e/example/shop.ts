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

export interface Database {
  url: string;
  stop: () => Promise<void>;
}

export const home = fileURLToPath(new URL('../../../examples/express-marketplace/', import.meta.url));
export const sessionSecret = 'the secret of the sessions of this shop';

/** By its own build, once for the tests of a file. */
export function buildShop(): void {
  if (!existsSync(join(home, 'node_modules'))) throw new Error(`run \`npm ci\` in ${home}`);
  execFileSync('npm', ['run', 'build'], { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** What `npm start` runs when the pages are built. */
export async function startShop(settings: Record<string, string>): Promise<Shop> {
  const uploads = settings['UPLOADS_DIR'] ?? mkdtempSync(join(tmpdir(), 'haggle-uploads-'));
  const { child, said } = await start('start.js', /the database is (.*)\n(?:.*\n)*the shop is at (.*)\n/, {
    PORT: '0',
    SESSION_SECRET: sessionSecret,
    UPLOADS_DIR: uploads,
    ...settings,
  });
  return {
    databaseUrl: said[1] ?? '',
    url: said[2] ?? '',
    stop: async () => {
      await ended(child);
      if (!settings['UPLOADS_DIR']) rmSync(uploads, { recursive: true, force: true });
    },
  };
}

/** What `npm run database` runs: a database that stays when the shop is started again. */
export async function startDatabase(): Promise<Database> {
  const data = mkdtempSync(join(tmpdir(), 'haggle-shop-'));
  const { child, said } = await start('database.js', /the database is (.*)\n/, { DATA_DIR: data });
  return {
    url: said[1] ?? '',
    stop: async () => {
      await ended(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Everything that the shop's schema tool would change, in its own words. */
export function schemaTool(databaseUrl: string, settings: Record<string, string> = {}): string {
  const tool = join(home, 'node_modules/.bin/drizzle-kit');
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, ...settings };
  // Where it would drop something it asks, and without a terminal fails instead.
  return execFileSync(tool, ['push', '--verbose'], {
    cwd: home,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function start(script: string, pattern: RegExp, settings: Record<string, string>) {
  const child = spawn(process.execPath, [script], {
    cwd: home,
    env: { PATH: process.env['PATH'], ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = await new Promise<RegExpExecArray>((resolve, reject) => {
    let log = '';
    const hear = (text: unknown) => {
      log += String(text);
      const found = pattern.exec(log);
      if (found) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}:\n${log}`)));
  });
  return { child, said };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
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
