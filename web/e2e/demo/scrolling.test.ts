import { expect, it } from 'vitest';
import { drift, frames } from '../support/anchor.ts';
import { gate } from '../support/gate.ts';
import { bubble, demoForTests, threadOf } from './demo.ts';

const demo = demoForTests();

const picture =
  '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200"><rect width="1600" height="1200" fill="teal"/></svg>';

it('50 older messages with pictures that come late move what is read by one pixel at most', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  for (let at = 1; at <= 400; at += 1) {
    const content = `Line ${at} ${'and so on '.repeat(at % 23)}`;
    await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content });
  }
  // What is unread is opened at its first line; all of this was read before the page is there.
  await demo.call('buyer-daniel', 'PATCH', `conversations/${id}/read`, {});
  const page = await demo.visit('buyer-daniel', '#/messages');
  // Every seventh message has a picture, of half of which nobody has told the size; they arrive when they are let.
  await page.route(/\/messages\?/, async (route) => {
    const response = await route.fetch();
    const body = await response.json();
    for (const message of body.messages) if (message.seq % 7 === 0) message.files = [fileAt(message.seq)];
    await route.fulfill({ response, json: body });
  });
  // Older pages, then their pictures, arrive when they are let.
  const [older, pictures] = [gate(), gate()];
  await page.route(/\/messages\?.*before=/, async (route) => {
    await older.pass();
    await route.fallback();
  });
  await page.route('**/late/*', async (route) => {
    await pictures.pass();
    await route.fulfill({ contentType: 'image/svg+xml', body: picture });
  });
  await page.goto(`${demo.url()}/#/messages/${id}`);
  await bubble(page, /^Line 400 /).waitFor();
  const height = () => threadOf(page).evaluate((log) => log.scrollHeight);
  for (let turn = 0; turn < 3; turn += 1) {
    const before = await height();
    const moved = await drift(page, 1e6, async () => {
      await expect.poll(older.isWaitedFor).toBe(true);
      older.open();
      await expect.poll(height).toBeGreaterThan(before + 1_000);
      await frames(page, 10);
      pictures.open();
      await frames(page, 30);
    });
    expect(moved).toBeLessThanOrEqual(1);
  }
  expect(await threadOf(page).locator('[data-index]').count()).toBeLessThan(200);
});

const fileAt = (seq: number) => ({
  id: `file-${seq}`,
  name: 'sample.jpg',
  type: 'image/jpeg',
  size: 1000,
  ...(seq % 2 === 0 && { width: 1600, height: 1200 }),
  url: `/late/${seq}`,
  thumbnailUrl: `/late/${seq}`,
});
