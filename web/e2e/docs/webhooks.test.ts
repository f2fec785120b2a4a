import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { freePort } from '../support/haggle.ts';
import { createServerProcess, type Server } from '../support/server.ts';

/*
 * A system that knows of webhooks only the lines of docs/webhooks.md, with the library of Standard Webhooks.
 */
const document = readFileSync(fileURLToPath(new URL('../../../docs/webhooks.md', import.meta.url)), 'utf8');
const lines = document.split('```').find((block) => block.startsWith('js\n'));
const webhookSecret = `whsec_${Buffer.from('only the tests know these bytes!').toString('base64')}`;

let folder: string;
let receiver: ChildProcess;
let server: Server;
let address: string;
let said = '';

beforeAll(async () => {
  const port = await freePort();
  address = `http://127.0.0.1:${port}/haggle`;
  const home = fileURLToPath(new URL('../dist', import.meta.url));
  mkdirSync(home, { recursive: true });
  folder = mkdtempSync(join(home, 'webhooks-'));
  const source = `${lines?.slice('js\n'.length)}\napp.listen(${port}, () => console.log('listening'));\n`;
  writeFileSync(join(folder, 'receiver.mjs'), source);
  receiver = spawn(process.execPath, [join(folder, 'receiver.mjs')], {
    env: { HAGGLE_WEBHOOK_SECRET: webhookSecret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  receiver.stdout?.on('data', (data) => {
    said += data;
  });
  await vi.waitUntil(() => said.includes('listening'), { timeout: 30_000 });
  server = await createServerProcess('http://localhost', {
    HAGGLE_WEBHOOK_URL: address,
    HAGGLE_WEBHOOK_SECRET: webhookSecret,
  });
  await server.start();
  await server.addUser('bea', 'buyer');
  await server.addUser('acme', 'supplier');
  await server.addSupplier('acme', 'acme');
});
afterAll(async () => {
  receiver?.kill();
  await server?.remove();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

it('what happens arrives, and the library believes it', async () => {
  const opened = await server.call<{ id: string }>('bea', 'POST', 'conversations', { supplierId: 'acme' });
  const content = 'Grüße, "500" pieces? \u2713';
  await server.call('bea', 'POST', `conversations/${opened.id}/messages`, { content });
  await expect.poll(() => said).toContain('conversation.created');
  await expect.poll(() => said).toContain('message.created');
  expect(said).toContain('500');
});

it('what somebody else says is not believed', async () => {
  const forged = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    },
    body: '{"type":"user.erased"}',
  });
  expect(forged.status).toBe(401);
});
