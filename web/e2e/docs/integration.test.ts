import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { codeOf } from '../support/document.ts';
import { freePort } from '../support/haggle.ts';
import { createServerProcess, type Server, secret } from '../support/server.ts';

/*
 * A shop that knows of Haggle only what docs/integration.md says: an Express server with the token address and pages
 * with the script tag, each copied from there.
 */
const shopSource = (port: number, tag: string) => `
import express from 'express';
${codeOf('js').replace(/^app\.get/m, 'const app = express();\napp.use(signIn);\n$&')}
function signIn(request, _response, next) {
  const id = /user=(\\w+)/.exec(request.headers.cookie ?? '')?.[1];
  if (id) request.user = { id };
  next();
}
app.get('/favicon.ico', (_request, response) => response.sendStatus(204));
app.get('/', (_request, response) =>
  response.send(${JSON.stringify(`<!doctype html><html lang="en"><title>Shop</title><main>Bolts</main>${tag}`)}));
app.listen(${port}, () => process.stdout.write('listening'));
`;

let shop: string;
let folder: string;
let express: ChildProcess;
let server: Server;
let browser: Browser;

beforeAll(async () => {
  const port = await freePort();
  shop = `http://localhost:${port}`;
  server = await createServerProcess(shop);
  await server.start();
  await server.addUser('bea', 'buyer');
  await server.addUser('acme', 'supplier');
  await server.addSupplier('acme', 'acme');
  await server.addProduct('bolt-m8', 'acme');
  browser = await openBrowser();
  // Beside the tests, where Node finds express.
  const home = fileURLToPath(new URL('../dist', import.meta.url));
  mkdirSync(home, { recursive: true });
  folder = mkdtempSync(join(home, 'shop-'));
  const source = shopSource(port, codeOf('html').replace('https://chat.example.com', server.url));
  writeFileSync(join(folder, 'shop.mjs'), source);
  express = spawn(process.execPath, [join(folder, 'shop.mjs')], {
    env: { HAGGLE_JWT_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    express.stdout?.once('data', () => resolve());
    express.once('exit', (code) => reject(new Error(`the shop ended with ${code}`)));
  });
});
afterAll(async () => {
  await browser?.close();
  express?.kill();
  await server?.remove();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const asBea = { headers: { Cookie: 'user=bea' } };

it('the token that the Express lines make opens the server', async () => {
  const { token } = (await (await fetch(`${shop}/chat-token`, asBea)).json()) as { token: string };
  const answer = await fetch(`${server.url}/api/chat/unread-count`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(answer.status).toBe(200);
  expect((await fetch(`${shop}/chat-token`)).status).toBe(401);
});

it('the script tag on a page of that shop asks the supplier about the product', async () => {
  const context = await browser.newContext();
  await context.addCookies([{ name: 'user', value: 'bea', url: shop }]);
  const page = await context.newPage();
  await page.goto(shop);
  await page.getByRole('button', { name: 'Open chat' }).click();
  const field = page.getByRole('textbox', { name: /Message to/ });
  await field.fill('What do a thousand cost?');
  await field.press('Enter');
  await page.getByRole('log').getByText('What do a thousand cost?').waitFor();
  await page.getByTitle('Sent').waitFor();
  const { conversations } = await server.call<{ conversations: { lastMessage: string }[] }>(
    'acme',
    'GET',
    'conversations',
  );
  expect(conversations.map((one) => one.lastMessage)).toEqual(['What do a thousand cost?']);
  await context.close();
});
