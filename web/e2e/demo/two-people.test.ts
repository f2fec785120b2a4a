import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Demo, openDemo, phone, visit } from './demo.ts';

let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  demo = await openDemo();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

it('a buyer asks from a product page and the supplier answers on a phone', async () => {
  const buyer = await visit(browser, demo.url, 'buyer-daniel', '#/products/product-planter');
  const supplier = await visit(browser, demo.url, 'supplier-bellandi', '#/messages', phone);

  await buyer.page.getByRole('button', { name: 'Ask Terre Valdoro' }).click();
  const question = `Could you ship 400 pieces in March? ${Date.now()}`;
  await buyer.page.getByRole('textbox', { name: /Message to/ }).fill(question);
  await buyer.page.keyboard.press('Enter');
  await buyer.page.getByRole('log').getByText(question).waitFor();

  await supplier.page.getByRole('button', { name: question }).click();
  await supplier.page.getByRole('log').getByText(question).waitFor();
  await buyer.page.getByTitle('Read').last().waitFor();

  const field = supplier.page.getByRole('textbox', { name: /Message to/ });
  await field.pressSequentially('Yes, ');
  await buyer.page.getByText('Terre Valdoro is typing').waitFor();
  await field.fill('Yes, in the second week.');
  await supplier.page.getByRole('button', { name: 'Send' }).click();
  await buyer.page.getByRole('log').getByText('Yes, in the second week.').last().waitFor();

  await supplier.page.getByRole('button', { name: 'Back to conversations' }).click();
  await supplier.page.getByRole('heading', { name: 'Conversations' }).waitFor();
  expect([...buyer.complaints, ...supplier.complaints]).toEqual([]);
  await Promise.all([buyer.context.close(), supplier.context.close()]);
});

it('both parties see an administrator join and leave', async () => {
  const complaint = `Something is wrong: ${Date.now()}`;
  const { id } = await demo.call<{ id: string }>('buyer-daniel', 'POST', 'conversations', {
    supplierId: 'company-valdoro',
    productId: 'product-bowl',
  });
  await demo.call('buyer-daniel', 'POST', `conversations/${id}/messages`, { content: complaint });
  // On a demo that runs already somebody may sit there since the last time.
  await demo.call('admin-ines', 'POST', `conversations/${id}/leave`).catch(() => undefined);
  const supplier = await visit(browser, demo.url, 'supplier-bellandi', `#/messages/${id}`);
  const admin = await visit(browser, demo.url, 'admin-ines', `#/messages/${id}`);
  await supplier.page.getByRole('log').getByText(complaint).waitFor();
  await admin.page.getByText('You are reading along.').waitFor();
  await admin.page.getByRole('button', { name: 'Join', exact: true }).click();
  await supplier.page.getByText('Inês Duarte joined the conversation').waitFor();
  await admin.page.getByRole('button', { name: 'Leave', exact: true }).click();
  await supplier.page.getByText('Inês Duarte left the conversation').waitFor();
  expect([...supplier.complaints, ...admin.complaints]).toEqual([]);
  await Promise.all([supplier.context.close(), admin.context.close()]);
});
