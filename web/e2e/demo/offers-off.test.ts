import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { type Demo, demoForTests, threadOf } from './demo.ts';

// Another number than the kit takes until the server has said its own: with it the rest of its limits is there.
const limits = { HAGGLE_ATTACHMENTS_PER_MESSAGE: '3' };
const off = demoForTests(() => ({ ...limits, HAGGLE_OFFERS: 'off' }));
const on = demoForTests(() => limits);

/** Without loading the page, which would forget what the server allows. */
const go = (page: Page, hash: string) =>
  page.evaluate((next) => {
    location.hash = next;
  }, hash);

/** How many places tell a supplier and a buyer of offers, once their pages know what the server allows. */
async function toldOf(demo: Demo) {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content: 'Good morning' });
  const open = async (person: string) => {
    const page = await demo.visit(person, `#/messages/${id}`);
    await threadOf(page).getByText('Good morning').waitFor();
    await page.getByTitle(/Up to 3 files/).waitFor();
    return page;
  };
  const supplier = await open('supplier-bellandi');
  await supplier.getByRole('button', { name: 'Needs reply' }).waitFor();
  const buttons = await supplier.getByRole('button', { name: /offer/i }).count();
  const buyer = await open('buyer-daniel');
  await go(buyer, '#/requests');
  const requests = buyer.getByRole('heading', { name: 'Requests for quotation' });
  await requests.waitFor();
  const links = await buyer.getByRole('link', { name: /compare their offers/ }).count();
  await go(buyer, '#/quotations');
  await expect.poll(() => requests.count()).toBe(0);
  const pages = await buyer.getByRole('heading', { name: 'Your quotations' }).count();
  return { buttons, links, pages };
}

it('where offers are off, nothing tells of them', async () => {
  expect(await toldOf(off)).toEqual({ buttons: 0, links: 0, pages: 0 });
});

it('where they are on, the same places do', async () => {
  expect(await toldOf(on)).toEqual({ buttons: expect.toSatisfy((count) => count > 0), links: 1, pages: 1 });
});
