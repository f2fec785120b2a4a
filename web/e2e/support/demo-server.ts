import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { haggle } from './haggle.ts';

/** The demo marketplace, as `haggle demo` serves it, with a database of its own. */
export interface DemoServer {
  url: string;
  start: () => Promise<void>;
  /** As the machine would: no goodbye. */
  kill: () => Promise<void>;
  /** Ends it and removes its data. */
  remove: () => Promise<void>;
  /** Calls an endpoint as this person. */
  call: <T>(personId: string, method: string, path: string, body?: unknown) => Promise<T>;
  /** Finds or opens the conversation of a buyer and a supplier about a product. */
  conversation: (buyerId: string, supplierId: string, productId: string) => Promise<string>;
  /** The texts of a conversation, oldest first, the newest hundred at most. */
  texts: (personId: string, conversationId: string) => Promise<string[]>;
}

export async function createDemoServer(settings: Record<string, string> = {}): Promise<DemoServer> {
  const folder = mkdtempSync(join(tmpdir(), 'haggle-demo-'));
  const { url, start, end } = await haggle('demo', folder, settings);
  const call: DemoServer['call'] = (personId, method, path, body) =>
    callAs(url, personId, method, path, body);
  return {
    url,
    start,
    kill: () => end('SIGKILL'),
    remove: async () => {
      await end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
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
