import { expect, it } from 'vitest';
import { demoForTests, fieldOf, threadOf } from './demo.ts';

const demo = demoForTests(() => ({ HAGGLE_OFFERS: 'off' }));

it('where offers are off, nothing tells of them', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content: 'Good morning' });
  const supplier = await demo.visit('supplier-bellandi', `#/messages/${id}`);
  await threadOf(supplier).getByText('Good morning').waitFor();
  await fieldOf(supplier).waitFor();
  await supplier.getByRole('button', { name: 'Needs reply' }).waitFor();
  expect(await supplier.getByRole('button', { name: /offer/i }).count()).toBe(0);
  const buyer = await demo.visit('buyer-daniel', '#/requests');
  await buyer.getByRole('heading', { name: 'Requests for quotation' }).waitFor();
  expect(await buyer.getByRole('link', { name: /compare their offers/ }).count()).toBe(0);
  await buyer.goto(`${demo.url()}/#/quotations`);
  expect(await buyer.getByRole('form').count()).toBe(0);
});
