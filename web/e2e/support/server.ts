import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { haggle } from './haggle.ts';

/** The real server on a database of its own, at an address that it keeps when it is started again. */
export interface Server {
  url: string;
  /** Of its private PostgreSQL, while that runs. */
  databaseUrl: () => string;
  start: () => Promise<void>;
  /** As the machine would: no goodbye. */
  kill: () => Promise<void>;
  /** Ends it and removes its data. */
  remove: () => Promise<void>;
  addUser: (id: string, role: 'buyer' | 'supplier' | 'admin') => Promise<void>;
  /** A company of a user, and something that it sells. */
  addSupplier: (id: string, userId: string) => Promise<void>;
  addProduct: (id: string, supplierId: string) => Promise<void>;
  deactivate: (id: string) => Promise<void>;
  tokenOf: (userId: string, ttlSeconds?: number) => string;
  /** Calls an endpoint as this user. */
  call: <T>(userId: string, method: string, path: string, body?: unknown) => Promise<T>;
}

export const secret = 'a secret that only the tests know 0123456789';
const apiKey = 'an api key for the tests 0123456789';

export async function createServerProcess(
  allowedOrigin: string,
  settings: Record<string, string> = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'haggle-e2e-'));
  const { url, start, end } = await haggle('serve', folder, {
    HAGGLE_JWT_SECRET: secret,
    HAGGLE_API_KEY: apiKey,
    HAGGLE_ALLOWED_ORIGINS: allowedOrigin,
    ...settings,
  });

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
    databaseUrl: () => {
      // Root's PostgreSQL may live elsewhere. It writes down where it listens.
      const pointer = join(folder, 'data/postgres.path');
      const home = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : join(folder, 'data/postgres');
      const lines = readFileSync(join(home, 'data/postmaster.pid'), 'utf8').split('\n');
      return `postgres://haggle@localhost:${lines[3]}/haggle?host=${lines[4]}`;
    },
    start,
    kill: () => end('SIGKILL'),
    remove: async () => {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
    addUser: (id, role) => user(id, role, true),
    addSupplier: (id, userId) => directory(`suppliers/${id}`, { userId, name: nameOf(id) }),
    addProduct: (id, supplierId) => directory(`products/${id}`, { name: nameOf(id), supplierId }),
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
