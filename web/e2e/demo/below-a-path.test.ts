import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tokenOf } from '../support/demo-server.ts';
import { type Front, openNginx } from '../support/nginx.ts';
import { demoForTests, say } from './demo.ts';

/* The server below a path of a shop that has files of its own at every address that the chat might take for its own. */
const path = '/tools/chat/';
const demo = demoForTests();
let shop: Server;
let front: Front;

beforeAll(async () => {
  shop = createServer(async (request, response) => {
    const address = new URL(request.url ?? '/', 'http://shop').pathname;
    if (address === '/token') {
      const token = await tokenOf(demo.url(), 'buyer-amelie');
      return response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ token }));
    }
    if (address.startsWith('/demo/pictures/')) {
      const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>';
      return response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(picture);
    }
    if (address !== '/') return response.writeHead(404).end('the shop has no such page');
    const product =
      'data-product-id="product-hex-bolt" data-product-name="Hexagon bolt" data-supplier-id="company-brandt"';
    return response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end(
        `<!doctype html><title>Shop</title><link rel="icon" href="data:,"><main><h1>Shop</h1></main>` +
          `<script src="${path}widget.js" data-base-url="${path}" data-token-url="/token" ${product}></script>`,
      );
  });
  await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
  const address = shop.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  front = await openNginx(path, demo.url(), `http://127.0.0.1:${address.port}`);
});
afterAll(async () => {
  await front?.close();
  shop?.close();
});

it('the widget works, and asks for nothing outside of that path', async () => {
  const asked = new Set<string>();
  const page = await demo.open(front.url);
  page.on('request', (request) => asked.add(request.url()));
  page.on('websocket', (socket) => asked.add(socket.url()));
  await page.reload();
  await page.getByRole('button', { name: 'Open chat' }).click();
  await say(page, 'Below a path');
  await page.getByTitle('Sent').last().waitFor();
  // The picture of a product has the address that the shop gave it.
  const others = [...asked]
    .map((address) => new URL(address))
    .filter(({ protocol }) => protocol.startsWith('http') || protocol.startsWith('ws'))
    .map(({ pathname }) => pathname)
    .filter((pathname) => !pathname.startsWith(path) && !pathname.startsWith('/demo/pictures/'));
  expect(others.toSorted()).toEqual(['/', '/token']);
  expect([...asked].some((address) => address.includes(`${path}widget/`))).toBe(true);
  expect([...asked].some((address) => address.includes(`${path}api/chat/ws`))).toBe(true);
});

it("the chat's figures are not there, and pages of the shop that end like them are", async () => {
  const at = async (address: string) => {
    const answer = await fetch(front.url + address);
    return { status: answer.status, text: await answer.text() };
  };
  for (const address of [`${path}metrics`, `${path}metrics/`]) {
    const { status, text } = await at(address);
    expect(status).toBe(404);
    expect(text).not.toContain('haggle_');
  }
  for (const address of ['/metrics', '/reports/metrics', '/reports/metrics/'])
    expect((await at(address)).text).toBe('the shop has no such page');
});

it('the demo works there too, with its pictures', async () => {
  const page = await demo.open(`${front.url}${path}?as=buyer-amelie`);
  const failed: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(response.url());
  });
  await page.reload();
  await page.locator('main').waitFor();
  await page.locator('img').first().waitFor();
  expect(failed).toEqual([]);
});
