import { expect, it } from 'vitest';
import { distanceFromEnd, drift } from '../support/anchor.ts';
import { bubble, demoForTests, fieldOf, say, threadOf } from './demo.ts';

const demo = demoForTests();

const write = (id: string, content: string) =>
  demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content });
const unreadIn = async (id: string) =>
  (await demo.call<{ unreadCount: number }>('buyer-daniel', 'GET', `conversations/${id}`)).unreadCount;

it('nothing is read on a screen that nobody looks at, and all of it when somebody does', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await fieldOf(page).waitFor();
  await page.evaluate(() => {
    document.hasFocus = () => false;
    window.dispatchEvent(new Event('blur'));
  });
  const bare = (await page.title()).replace(/^\(\d+\) /, '');
  await write(id, 'Is anybody there?');
  await bubble(page, 'Is anybody there?').waitFor();
  await threadOf(page).getByText('New messages').waitFor();
  await expect.poll(() => page.title()).toMatch(/^\(\d+\) /);
  expect(await unreadIn(id)).toBe(1);
  await page.evaluate(() => {
    document.hasFocus = () => true;
    window.dispatchEvent(new Event('focus'));
  });
  await expect.poll(() => unreadIn(id)).toBe(0);
  await demo.call('buyer-daniel', 'PATCH', 'notifications/read', {});
  for (const each of await unreadConversations())
    await demo.call('buyer-daniel', 'PATCH', `conversations/${each}/read`, {});
  await expect.poll(() => page.title()).toBe(bare);
});

async function unreadConversations(): Promise<string[]> {
  const { conversations } = await demo.call<{ conversations: { id: string; unreadCount: number }[] }>(
    'buyer-daniel',
    'GET',
    'conversations',
  );
  return conversations.filter((one) => one.unreadCount > 0).map((one) => one.id);
}

it('who reads further up is told of what is new, and jumps to it', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  for (let at = 1; at <= 60; at += 1) await write(id, `Line ${at}`);
  await demo.call('buyer-daniel', 'PATCH', `conversations/${id}/read`, {});
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await bubble(page, 'Line 60').waitFor();
  await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(1);
  const jump = page.getByRole('button', { name: /[Jj]ump to newest/ });
  const moved = await drift(page, 1_200, async () => {
    await jump.waitFor();
    await write(id, 'Something new');
    await page.getByRole('button', { name: '1 new message, jump to newest' }).waitFor();
  });
  expect(moved).toBeLessThanOrEqual(1);
  expect(await unreadIn(id)).toBe(1);
  await jump.click();
  await bubble(page, 'Something new').waitFor();
  await jump.waitFor({ state: 'detached' });
  await expect.poll(() => unreadIn(id)).toBe(0);
});

it('a draft stays with its conversation, and the list says so', async () => {
  const [one, other] = [
    await demo.conversation('buyer-daniel', 'company-valdoro', 'product-dinner-plate'),
    await demo.conversation('buyer-daniel', 'company-valdoro', 'product-floor-tile'),
  ];
  const page = await demo.visit('buyer-daniel', `#/messages/${one}`);
  await fieldOf(page).fill('Not yet finished');
  await page.locator(`[data-conversation="${other}"]`).click();
  await expect.poll(() => fieldOf(page).inputValue()).toBe('');
  await page.locator(`[data-conversation="${one}"]`).getByText('Not yet finished').waitFor();
  await page.locator(`[data-conversation="${one}"]`).click();
  await expect.poll(() => fieldOf(page).inputValue()).toBe('Not yet finished');
});

it('long texts, line breaks, code and emoji arrive as they were written', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
  const [page, supplier] = [
    await demo.visit('buyer-daniel', `#/messages/${id}`),
    await demo.visit('supplier-bellandi', `#/messages/${id}`, { viewport: { width: 320, height: 640 } }),
  ];
  const texts = [
    `${'0123456789'.repeat(60)}`,
    'One\n\nthree   spaces\n\tand a tab: if (M8 < M10 && "5 > 3")',
    '👍🏽 👩‍👩‍👧‍👦 🇵🇹 e\u0301 ﷽ 漢字 שלום',
  ];
  for (const text of texts) await say(page, text);
  await expect
    .poll(async () => (await demo.texts('buyer-daniel', id)).slice(-texts.length))
    .toEqual(texts.map((text) => text.normalize('NFC')));
  for (const text of texts) {
    const first = text.normalize('NFC').split('\n')[0] ?? '';
    await threadOf(supplier).getByText(first).last().waitFor();
  }
  const sideways = await threadOf(supplier).evaluate((log) => log.scrollWidth - log.clientWidth);
  expect(sideways).toBe(0);
});
