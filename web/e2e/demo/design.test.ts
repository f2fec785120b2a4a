import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectDesigned } from '../support/design.ts';
import { demoForTests, fieldOf } from './demo.ts';

const demo = demoForTests();

/** As a bundler might put them: what the kit resets behind all that its components say. */
async function putResetsLast(page: Page): Promise<void> {
  const moved = await page.evaluate(() => {
    const name = [...document.querySelectorAll('[class]')]
      .flatMap((element) => [...element.classList])
      .find((each) => /(^|_)root(_|$)/.test(each));
    let count = 0;
    for (const sheet of document.styleSheets) {
      const resets = [...sheet.cssRules].filter(
        (rule) => rule instanceof CSSStyleRule && rule.selectorText.includes(`.${name}`),
      );
      for (const rule of resets) {
        sheet.deleteRule([...sheet.cssRules].indexOf(rule));
        sheet.insertRule(rule.cssText, sheet.cssRules.length);
        count += 1;
      }
    }
    return count;
  });
  expect(moved).toBeGreaterThan(5);
}

it.each([
  ['as they were put', async () => undefined],
  ['with the resets behind everything', putResetsLast],
])('page and widget look as designed, their styles %s', async (_order, arrange) => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
  await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content: 'Good morning' });
  const page = await demo.visit('buyer-daniel', '#/messages');
  await page.locator('[data-conversation]').first().waitFor();
  await arrange(page);
  await expectDesigned(page, 'row', 'badge');
  await page.locator(`[data-conversation="${id}"]`).click();
  await fieldOf(page).fill('Good morning');
  await expectDesigned(page, 'row', 'send', 'field');

  const shop = await demo.visit('buyer-daniel', '#/products/product-planter');
  await shop.getByRole('button', { name: 'Ask Terre Valdoro' }).click();
  await arrange(shop);
  await fieldOf(shop).fill('Good morning');
  await expectDesigned(shop, 'launcher', 'send', 'field');
  await shop.getByRole('button', { name: 'Back to conversations' }).click();
  await expectDesigned(shop, 'row');
});
