import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { freePort, type Haggle, haggle } from '../support/haggle.ts';
import { createServerProcess, type Server } from '../support/server.ts';

/*
 * A shop with the sessions that Express shops have, by the libraries that they use, and Haggle on its database with
 * the settings that docs/integration.md names.
 */
const shopSource = `
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import pg from 'pg';
import connectPg from 'connect-pg-simple';
import { RedisStore } from 'connect-redis';
import { createClient } from 'redis';

const { DATABASE, REDIS, SECRETS } = process.env;
async function store() {
  if (REDIS) {
    const client = createClient({ url: REDIS });
    await client.connect();
    return new RedisStore({ client });
  }
  const pool = new pg.Pool({ connectionString: DATABASE, options: '-c timezone=America/New_York -c search_path=public' });
  return new (connectPg(session))({ pool, createTableIfMissing: true });
}
passport.serializeUser((user, done) => done(null, user.id));
passport.deserializeUser((id, done) => done(null, { id }));
const app = express();
app.use(session({ store: await store(), secret: SECRETS.split(','), resave: false, saveUninitialized: false }));
app.use(passport.initialize(), passport.session());
app.post('/login/:id', (request, response, next) =>
  request.login({ id: request.params.id }, (error) => (error ? next(error) : response.sendStatus(204))));
app.post('/logout', (request, response, next) =>
  request.logout((error) => (error ? next(error) : response.sendStatus(204))));
app.get('/', (request, response) => response.json({ user: request.user ?? null }));
const server = app.listen(0, () => process.stdout.write(String(server.address().port)));
`;

const home = fileURLToPath(new URL('../dist', import.meta.url));
let people: Server;
let folder: string;
let source: string;
const processes: ChildProcess[] = [];

beforeAll(async () => {
  // It has the database that the shop and the Haggle beside it share.
  people = await createServerProcess('http://localhost');
  await people.start();
  await people.addUser('bea', 'buyer');
  // Beside the tests, where Node finds the libraries.
  mkdirSync(home, { recursive: true });
  folder = mkdtempSync(join(home, 'sessions-'));
  source = join(folder, 'shop.mjs');
  writeFileSync(source, shopSource);
});
afterAll(async () => {
  for (const one of processes) one.kill();
  await people?.remove();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const first = (child: ChildProcess) =>
  new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (said) => resolve(String(said)));
    child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
  });

async function shop(environment: Record<string, string>): Promise<string> {
  const child = spawn(process.execPath, [source], {
    env: { SECRETS: 'fresh secret,old secret', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  return `http://localhost:${await first(child)}`;
}

async function redis(): Promise<string> {
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '']);
  processes.push(child);
  await first(child);
  return `redis://127.0.0.1:${port}`;
}

async function login(url: string, id: string): Promise<string> {
  const answer = await fetch(`${url}/login/${id}`, { method: 'POST' });
  expect(answer.status).toBe(204);
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error('no cookie');
  return cookie;
}

function connect(server: Haggle, cookie: string): { ready: Promise<unknown>; code: Promise<number> } {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/api/chat/ws`, {
    headers: { Cookie: cookie, Origin: server.url },
  });
  socket.on('open', () => socket.send(JSON.stringify({ type: 'authenticate', payload: {} })));
  return {
    ready: new Promise((resolve) => {
      socket.on('message', (said) => String(said).includes('"ready"') && resolve(null));
    }),
    code: new Promise((resolve) => {
      socket.on('close', resolve);
    }),
  };
}

describe.each(['connect-pg-simple', 'connect-redis'])('with %s', (library) => {
  it('whoever is logged in at the shop is logged in here, until they log out there', async () => {
    const database = people.databaseUrl();
    const address = library === 'connect-redis' ? await redis() : null;
    const url = await shop(address === null ? { DATABASE: database } : { REDIS: address });
    const cookie = await login(url, 'bea');

    const data = mkdtempSync(join(tmpdir(), 'haggle-e2e-'));
    const server = await haggle('serve', data, {
      DATABASE_URL: database,
      HAGGLE_SESSION_SECRET: 'fresh secret,old secret',
      ...(address === null
        ? { HAGGLE_SESSION_TIME_ZONE: 'America/New_York' }
        : { HAGGLE_SESSION_REDIS_URL: address }),
    });
    await server.start();
    try {
      const ask = async (headers: Record<string, string>) =>
        (await fetch(`${server.url}/api/chat/unread-count`, { headers })).status;
      expect(await ask({ Cookie: cookie })).toBe(200);
      expect(await ask({ Cookie: cookie.replace('.', '.x') })).toBe(401);
      const socket = connect(server, cookie);
      await socket.ready;

      await fetch(`${url}/logout`, { method: 'POST', headers: { Cookie: cookie } });
      expect(await socket.code).toBe(4401);
      await expect.poll(() => ask({ Cookie: cookie })).toBe(401);
    } finally {
      await server.end('SIGTERM');
      rmSync(data, { recursive: true, force: true });
    }
  });
});
