import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The real server on a database of its own, at an address that it keeps when it is started again. */
export interface Server {
  url: string;
  start: () => Promise<void>;
  /** As the machine would: no goodbye. */
  kill: () => Promise<void>;
  /** Ends it and removes its data. */
  remove: () => Promise<void>;
  addUser: (id: string, role: 'buyer' | 'supplier' | 'admin') => Promise<void>;
  deactivate: (id: string) => Promise<void>;
  tokenOf: (userId: string, ttlSeconds?: number) => string;
  /** Calls an endpoint as this user. */
  call: <T>(userId: string, method: string, path: string, body?: unknown) => Promise<T>;
}

const secret = 'a secret that only the tests know 0123456789';
const apiKey = 'an api key for the tests 0123456789';
const startTimeoutMs = 60_000;

/** `HAGGLE_BINARY`, or what `cargo build` left. */
function binary(): string {
  const built = fileURLToPath(new URL('../../../target/debug/haggle', import.meta.url));
  const path = process.env['HAGGLE_BINARY'] ?? built;
  if (!existsSync(path)) throw new Error(`no server at ${path}; run \`cargo build\` or set HAGGLE_BINARY`);
  return path;
}

export async function createServerProcess(
  allowedOrigin: string,
  settings: Record<string, string> = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'haggle-e2e-'));
  const listen = `127.0.0.1:${await freePort()}`;
  const url = `http://${listen}`;
  let process_: ChildProcess | null = null;

  async function start(): Promise<void> {
    const child = spawn(binary(), ['serve'], {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HAGGLE_LISTEN: listen,
        HAGGLE_DATA_DIR: join(folder, 'data'),
        HAGGLE_JWT_SECRET: secret,
        HAGGLE_API_KEY: apiKey,
        HAGGLE_ALLOWED_ORIGINS: allowedOrigin,
        HAGGLE_MESSAGES_PER_MINUTE: '0',
        HAGGLE_CONVERSATIONS_PER_HOUR: '0',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    process_ = child;
    let log = '';
    child.stderr.on('data', (text) => {
      log += text;
    });
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the server did not start:\n${log}`)), startTimeoutMs);
      child.stdout.on('data', (text) => {
        log += text;
        if (!log.includes('haggle listening on')) return;
        clearTimeout(timer);
        resolve();
      });
      child.once('exit', () => reject(new Error(`the server ended:\n${log}`)));
    });
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const child = process_;
    process_ = null;
    if (child === null || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  }

  async function directory(path: string, body: unknown): Promise<void> {
    const answer = await fetch(`${url}/api/directory/${path}`, {
      method: 'PUT',
      headers: { 'X-Api-Key': apiKey, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`directory: ${answer.status} ${await answer.text()}`);
  }

  const user = (id: string, role: string, isActive: boolean) =>
    directory(`users/${id}`, { name: nameOf(id), email: `${id}@example.com`, role, isActive });

  function tokenOf(userId: string, ttlSeconds = 3600): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const exp = Math.floor(Date.now() / 1000) + ttlSeconds;
    const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: userId, exp })}`;
    return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
  }

  return {
    url,
    start,
    kill: () => end('SIGKILL'),
    remove: async () => {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
    addUser: (id, role) => user(id, role, true),
    deactivate: (id) => user(id, 'buyer', false),
    tokenOf,
    call: async <T>(userId: string, method: string, path: string, body?: unknown) => {
      const answer = await fetch(`${url}/api/chat/${path}`, {
        method,
        headers: { Authorization: `Bearer ${tokenOf(userId)}`, 'Content-Type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}

const nameOf = (id: string) => id.charAt(0).toUpperCase() + id.slice(1);

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
