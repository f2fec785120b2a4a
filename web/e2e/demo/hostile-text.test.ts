import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectComplaints } from '../support/guard.ts';
import { demoForTests, threadOf } from './demo.ts';
import { payloads } from './payloads.ts';

const demo = demoForTests();

const forbidden =
  'script, iframe, object, embed, style, link, meta, base, form, input, video, audio, math, marquee, [onerror], [onload], [onfocus], [srcdoc]';

/** From before the page's own scripts on: whoever calls `attack` is remembered. */
const listen = (page: Page) =>
  page.addInitScript(() => Object.assign(window, { attacks: 0, attack: () => window.attacks++ }));

declare global {
  interface Window {
    attacks: number;
  }
}

/** Nothing of the texts has become an element, and every link leads to a web page, a mailbox or a telephone. */
async function expectHarmless(page: Page, selector: string): Promise<void> {
  const place = page.locator(selector);
  expect(await place.locator(forbidden).count()).toBe(0);
  const addresses = await place.locator('a').evaluateAll((links) =>
    links.map((link) => {
      for (const type of ['pointerover', 'mouseover', 'focus']) link.dispatchEvent(new MouseEvent(type));
      return link.getAttribute('href');
    }),
  );
  for (const address of addresses) expect(address).toMatch(/^(https?:\/\/|mailto:|tel:|#\/)/);
  expect(await page.evaluate(() => window.attacks)).toBe(0);
}

it.each(['#/products/%', '#/%/%'])('an address that is no escape shows a page: %s', async (hash) => {
  const page = await demo.visit('buyer-amelie', hash);
  await page.locator('main').getByRole('heading').first().waitFor();
});

it('an address of a conversation that is no escape says that there is none', async () => {
  // It is asked for as it stands: what may be an id, only the server knows.
  expectComplaints(/status of 404.*\/api\/chat\/conversations\/%25E0%25A4%25A/);
  const page = await demo.visit('buyer-amelie', '#/messages/%E0%A4%A');
  await page.getByText('This is not there any more').waitFor();
});

it(`none of ${payloads.length} hostile texts runs or becomes markup, in a thread or in the list`, async () => {
  expect(payloads.length).toBeGreaterThanOrEqual(60);
  const id = await demo.conversation('buyer-amelie', 'company-brandt', 'product-wood-screw');
  const page = await demo.visit('supplier-brandt', '#/messages');
  await listen(page);
  await page.reload();
  const preview = page.locator(`[data-conversation="${id}"]`);
  for (const [index, payload] of payloads.entries()) {
    const content = `[${index}] ${payload}`;
    await demo.call('buyer-amelie', 'POST', `conversations/${id}/messages`, { content });
    // Each is the newest for a moment, and so in the list.
    await preview.getByText(`[${index}]`).waitFor();
    await expectHarmless(page, `[data-conversation="${id}"]`);
  }
  await preview.click();
  const log = threadOf(page);
  const seen = new Set<string>();
  await expect
    .poll(
      async () => {
        await expectHarmless(page, '[role=log]');
        for (const mark of (await log.textContent())?.match(/\[\d+\]/g) ?? []) seen.add(mark);
        await log.evaluate((element) => element.scrollBy(0, element.clientHeight / 2));
        return seen.size;
      },
      { timeout: 60_000 },
    )
    .toBe(payloads.length);
});
