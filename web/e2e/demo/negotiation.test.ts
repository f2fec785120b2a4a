import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { expectComplaints } from '../support/guard.ts';
import { phone } from '../support/phone.ts';
import { demoForTests, fieldOf, threadOf } from './demo.ts';

const demo = demoForTests();

const form = (page: Page) => page.getByRole('form', { name: /offer/i });
const card = (page: Page, name: 'Offer' | 'Counter-offer') =>
  threadOf(page).getByRole('group', { name, exact: true });
const within = async (page: Page, label: string, value: string) =>
  form(page).getByRole('textbox', { name: label, exact: true }).fill(value);

describe('an offer', () => {
  it('is made, countered and accepted, and both see the same', async () => {
    const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
    const supplier = await demo.visit('supplier-bellandi', `#/messages/${id}`);
    const buyer = await demo.visit('buyer-daniel', `#/messages/${id}`, phone);

    await supplier.getByRole('button', { name: 'Make an offer' }).click();
    await within(supplier, 'Quantity', '400');
    await within(supplier, 'Unit price', '12.345');
    await form(supplier).getByRole('combobox', { name: 'Currency' }).selectOption('EUR');
    await expect.poll(() => form(supplier).getByRole('status').textContent()).toContain('€4,938.00');
    await form(supplier)
      .getByRole('combobox', { name: /Incoterm/ })
      .selectOption('FOB');
    // The server's own rule, said before it is asked.
    await form(supplier).getByRole('button', { name: 'Send the offer' }).click();
    await form(supplier).getByText('Name the place that goes with the Incoterm.').waitFor();
    await within(supplier, 'Place or port optional', 'Livorno');
    // A reload keeps what was typed, also what was typed a moment ago.
    await supplier.reload();
    await expect
      .poll(() => form(supplier).getByRole('textbox', { name: 'Unit price' }).inputValue())
      .toBe('12.345');
    await form(supplier).getByRole('button', { name: 'Send the offer' }).click();
    await card(supplier, 'Offer').waitFor();
    await fieldOf(supplier).waitFor();

    await card(buyer, 'Offer').getByText('€4,938.00').first().waitFor();
    await card(buyer, 'Offer').getByRole('button', { name: 'Counter' }).click();
    await within(buyer, 'Unit price', '11.00');
    await form(buyer).getByRole('button', { name: 'Send the counter-offer' }).click();
    const counter = card(supplier, 'Counter-offer');
    await counter.getByText('was €12.345').waitFor();
    await counter.getByText('€4,400.00').first().waitFor();
    await card(supplier, 'Offer')
      .getByText(/Answered by .* with a counter-offer/)
      .waitFor();

    await counter.getByRole('button', { name: 'Accept' }).click();
    const dialog = supplier.getByRole('dialog', { name: 'Accept this offer?' });
    await dialog.getByText('FOB Livorno').waitFor();
    await expectAccessible(supplier);
    await dialog.getByRole('button', { name: 'Accept' }).click();
    for (const page of [supplier, buyer]) {
      await card(page, 'Counter-offer').getByText('Offer accepted').waitFor();
      await threadOf(page)
        .getByText(/accepted the offer/)
        .waitFor();
    }
    await buyer.getByRole('button', { name: 'Back to conversations' }).click();
    await buyer.getByRole('button', { name: 'Accepted offers' }).click();
    await buyer.locator(`[data-conversation="${id}"]`).getByText('Offer accepted').waitFor();
    await expectAccessible(buyer);
  });

  it('that was withdrawn meanwhile is shown as it is, and is not accepted', async () => {
    expectComplaints(/status of 409/);
    const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
    const item = { name: 'Planter', quantity: '10', unit: 'pcs', unitPrice: '40' };
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const { offer } = await demo.call<{ offer: { id: string } }>(
      'supplier-bellandi',
      'POST',
      `conversations/${id}/offers`,
      { terms: { items: [item], currency: 'EUR', validUntil } },
    );
    const buyer = await demo.visit('buyer-daniel', `#/messages/${id}`);
    await card(buyer, 'Offer').getByRole('button', { name: 'Accept' }).click();
    await demo.call('supplier-bellandi', 'POST', `conversations/${id}/offers/${offer.id}/withdraw`, {
      rev: 1,
    });
    await buyer.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
    await buyer.getByText('The offer is not open any more. It is shown as it is now.').waitFor();
    await card(buyer, 'Offer').getByText('Offer withdrawn').waitFor();
    expect(await card(buyer, 'Offer').getByRole('button', { name: 'Accept' }).count()).toBe(0);
  });
});

it('a buyer asks three suppliers, compares what they answer, accepts one and closes the request', async () => {
  const buyer = await demo.visit('buyer-daniel', '#/quotations');
  await buyer.getByRole('button', { name: 'Ask suppliers' }).click();
  const ask = buyer.getByRole('form', { name: 'Ask suppliers for offers' });
  const { suppliers } = (await (await fetch(`${demo.url()}/api/demo/marketplace`)).json()) as {
    suppliers: { userId: string; name: string }[];
  };
  const [one, two, three] = suppliers.slice(0, 3);
  for (const supplier of [one, two, three])
    await ask.getByRole('checkbox', { name: supplier?.name ?? '', exact: true }).check();
  await ask.getByRole('textbox', { name: 'Product or service' }).fill('Pallets');
  await ask.getByRole('textbox', { name: 'Quantity' }).fill('80');
  await ask.getByRole('button', { name: 'Ask 3 suppliers' }).click();
  const answers = buyer.getByRole('region', { name: 'Answers side by side' }).first();
  const row = (name = '') => answers.getByRole('row').filter({ hasText: name });
  await row(three?.name).getByText('Waiting').waitFor();
  await expectAccessible(buyer);

  const askedIn = async (supplierId = '') => {
    const list = await demo.call<{
      conversations: { id: string; participants: { buyer: { id: string } } }[];
    }>(supplierId, 'GET', 'conversations?limit=100');
    for (const { id, participants } of list.conversations) {
      if (participants.buyer.id !== 'buyer-daniel') continue;
      const path = `conversations/${id}/messages?limit=10&markRead=false`;
      const { messages } = await demo.call<{ messages: { request?: object }[] }>(supplierId, 'GET', path);
      if (messages.some((each) => each.request)) return id;
    }
    throw new Error(`${supplierId} was not asked`);
  };
  const offer = async (supplierId = '', unitPrice: string, leadTimeDays: number) => {
    const item = { name: 'Pallets', quantity: '80', unit: 'pcs', unitPrice };
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    await demo.call(supplierId, 'POST', `conversations/${await askedIn(supplierId)}/offers`, {
      terms: { items: [item], currency: 'EUR', leadTimeDays, validUntil },
    });
  };
  await offer(one?.userId, '9.50', 20);
  await offer(two?.userId, '8.75', 30);
  // Events bring both into the table.
  await row(two?.name).getByText('€700.00').waitFor();
  await row(two?.name).getByText('lowest').waitFor();
  await row(one?.name).getByText('fastest').waitFor();
  await row(two?.name)
    .getByRole('button', { name: /^Accept/ })
    .click();
  await buyer.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
  await row(two?.name).getByText('Accepted').waitFor();

  await answers.getByRole('button', { name: 'Close the request…' }).click();
  const dialog = buyer.getByRole('dialog', { name: 'Close this request?' });
  await dialog.getByText(`The offer of ${two?.name} is accepted.`).waitFor();
  await dialog.getByRole('textbox').fill('We chose another offer this time. Thank you.');
  await dialog.getByRole('button', { name: 'Close the request' }).click();
  for (const supplier of [one, three]) await row(supplier?.name).getByText('Declined').waitFor();
  await row(two?.name).getByText('Accepted').waitFor();
  await answers.getByText(/^Closed /).waitFor();
  // Whoever has not answered reads why.
  const left = await demo.visit(three?.userId ?? '', `#/messages/${await askedIn(three?.userId)}`);
  await threadOf(left)
    .getByText(/closed the request: We chose another offer this time/)
    .waitFor();
});

it('a report is answered by an administrator, and found among the answered ones', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  const text = 'They want to be paid in cash.';
  await demo.call('buyer-daniel', 'POST', `conversations/${id}/report`, { reason: 'fraud', text });
  const admin = await demo.visit('admin-ines', '#/reports');
  const report = admin.getByRole('article').filter({ hasText: text });
  await report.getByText(/Reported by Daniel/).waitFor();
  await expectAccessible(admin);
  await report.getByRole('button', { name: 'Answer…' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Answer this report' });
  await dialog.getByRole('button', { name: 'Answer' }).click();
  await dialog.getByText('Fill this in.').waitFor();
  await dialog.getByRole('textbox').fill('We have talked with the supplier.');
  await dialog.getByRole('button', { name: 'Answer' }).click();
  await expect.poll(() => report.count()).toBe(0);
  await admin.getByRole('button', { name: 'Answered', exact: true }).click();
  await report.getByText('We have talked with the supplier.').waitFor();
  await report.getByText(/^Answered by you/).waitFor();
  await report.getByRole('button', { name: 'Show it in the conversation' }).click();
  await threadOf(admin).waitFor();
});

it('words are found in one conversation, one message after the other', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
  const say = (content: string) =>
    demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content });
  await say('The zinc planter is in stock');
  for (let at = 0; at < 120; at += 1) await say(`Line ${at}`);
  await say('Zinc prices went up');
  // Words are found some seconds after they were said.
  const found = async () => {
    const path = `search?q=zinc&conversationId=${id}`;
    const page = await demo.call<{ results: unknown[] }>('supplier-bellandi', 'GET', path);
    return page.results.length;
  };
  await expect.poll(found).toBe(2);
  const page = await demo.visit('supplier-bellandi', `#/messages/${id}`);
  await threadOf(page).getByText('Zinc prices went up').waitFor();
  await page.locator('header').getByRole('button', { name: 'Conversation actions' }).click();
  await page.getByRole('menuitem', { name: 'Search in this conversation' }).click();
  const bar = page.getByRole('search', { name: 'Search in this conversation' });
  const field = bar.getByRole('searchbox');
  await field.fill('zinc');
  await bar.getByText('1 of 2').waitFor();
  await field.press('Enter');
  await bar.getByText('2 of 2').waitFor();
  await threadOf(page).getByText('The zinc planter is in stock').waitFor();
  await expectAccessible(page);
  await bar.getByRole('button', { name: 'Previous result, newer' }).click();
  await threadOf(page).getByText('Zinc prices went up').waitFor();
  await field.press('Escape');
  await expect.poll(() => bar.count()).toBe(0);
});
