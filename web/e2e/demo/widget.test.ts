import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tokenOf } from '../support/demo-server.ts';
import { expectDesigned } from '../support/design.ts';
import { bubble, demoForTests, fieldOf, say, threadOf } from './demo.ts';

/* A page of somebody else that does everything to be in the way. */
const hostile = `
* { color: red !important; font-family: cursive !important; letter-spacing: 4px !important; line-height: 3 !important }
div { transform: rotate(1deg); overflow: hidden; display: block !important }
button { width: 300px !important; background: lime !important }
haggle-widget, svg { display: none !important }
body { transform: scale(1) }
html { font-size: 40px }`;

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop?.close());
const apiKey = 'the key of the shop, long enough for one';
const demo = demoForTests(() => ({ HAGGLE_ALLOWED_ORIGINS: shop.url, HAGGLE_API_KEY: apiKey }));
/** What the tag says the page is about, at each address. */
const subjects: Record<string, string> = {
  '/': 'data-product-id="product-hex-bolt" data-product-name="Hexagon bolt" data-supplier-id="company-brandt"',
  '/own': 'data-product-id="product-own" data-product-name="A jar of our own"',
};

async function openShop() {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://shop').pathname;
    if (path === '/token') {
      const token = await tokenOf(demo.url(), 'buyer-amelie');
      return response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ token }));
    }
    if (path === '/hostile.css') return response.writeHead(200, { 'Content-Type': 'text/css' }).end(hostile);
    const subject = subjects[path];
    if (subject === undefined) return response.writeHead(204).end();
    const chat = demo.url();
    const policy = `default-src 'self'; script-src ${chat}; connect-src 'self' ${chat} ${chat.replace('http', 'ws')}; img-src * blob:`;
    return response
      .writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy })
      .end(
        `<!doctype html><title>Shop</title><link rel="stylesheet" href="/hostile.css"><main><h1>Shop</h1></main>` +
          `<script src="${chat}/widget.js" data-token-url="/token" ${subject}></script>`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

it('the script tag opens the chat about the product, whatever the page does', async () => {
  const page = await demo.open(shop.url);
  const launcher = page.getByRole('button', { name: 'Open chat' });
  const box = await launcher.boundingBox();
  expect(box).toMatchObject({ width: 56, height: 56, x: 1280 - 20 - 56, y: 800 - 20 - 56 });
  await launcher.click();
  await launcher.waitFor({ state: 'hidden' });
  // It comes by and by.
  const bottom = async () => {
    const panel = await page.getByRole('dialog').boundingBox();
    return (panel?.y ?? 0) + (panel?.height ?? 0);
  };
  await expect.poll(bottom, { message: 'in the place of the launcher' }).toBe(800 - 20);
  expect(await page.getByRole('button', { name: 'Close chat' }).count()).toBe(1);
  const text = 'From the shop';
  await say(page, text);
  const colour = await threadOf(page)
    .getByText(text)
    .evaluate((element) => getComputedStyle(element).color);
  expect(colour).not.toBe('rgb(255, 0, 0)');
  await page.getByTitle('Sent').last().waitFor();
  await fieldOf(page).fill('And more');
  await expectDesigned(page, 'send', 'field');
  const id = await demo.conversation('buyer-amelie', 'company-brandt', 'product-hex-bolt');
  await page.getByRole('button', { name: 'Back to conversations' }).click();
  await demo.call('supplier-brandt', 'POST', `conversations/${id}/messages`, { content: 'Good morning' });
  await expectDesigned(page, 'row', 'badge');
  await page.getByRole('button', { name: 'Close chat' }).click();
  await expectDesigned(page, 'launcher');
});

it('a shop without suppliers is asked itself about its product, and answers in the same conversation', async () => {
  const put = await fetch(`${demo.url()}/api/directory/products/product-own`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'X-Api-Key': apiKey },
    body: JSON.stringify({ name: 'A jar of our own' }),
  });
  expect(put.status).toBe(201);
  const page = await demo.open(`${shop.url}/own`);
  await page.getByRole('button', { name: 'Open chat' }).click();
  await page.getByRole('textbox', { name: 'Message to Support' }).fill('Is it in stock?');
  await page.keyboard.press('Enter');
  await page.getByTitle('Sent').last().waitFor();
  const { conversations } = await demo.call<{ conversations: Asked[] }>(
    'buyer-amelie',
    'GET',
    'conversations?type=support',
  );
  const about = conversations.filter((each) => each.product?.id === 'product-own');
  expect(about.map((each) => each.participants.supplier ?? null)).toEqual([null]);
  const id = about[0]?.id ?? '';
  if (about[0]?.participants.admin == null) await demo.call('admin-ines', 'POST', `conversations/${id}/join`);
  await demo.call('admin-ines', 'POST', `conversations/${id}/messages`, { content: 'Forty of them' });
  await bubble(page, 'Forty of them').waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Open chat' }).click();
  await bubble(page, 'Is it in stock?').waitFor();
  await bubble(page, 'Forty of them').waitFor();
});

interface Asked {
  id: string;
  product: { id: string } | null;
  participants: { supplier?: object | null; admin?: object | null };
}
