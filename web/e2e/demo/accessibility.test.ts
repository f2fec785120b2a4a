import type { Page } from 'playwright-core';
import { describe, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { phone } from '../support/phone.ts';
import { demoForTests } from './demo.ts';

const demo = demoForTests();

const nothing = async () => undefined;
const openFirst = async (page: Page) => {
  await page.locator('[data-conversation]').first().click();
  await page.getByRole('log').waitFor();
};
const openDetails = async (page: Page) => {
  await openFirst(page);
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('heading', { name: 'People' }).waitFor();
};
const screens: [name: string, person: string | null, hash: string, act: (page: Page) => Promise<unknown>][] =
  [
    ['the login', null, '', nothing],
    ['the products', 'buyer-amelie', '#/products', nothing],
    ['a product', 'buyer-amelie', '#/products/product-hex-bolt', nothing],
    ['the suppliers', 'buyer-amelie', '#/suppliers', nothing],
    ['a supplier', 'buyer-amelie', '#/suppliers/company-brandt', nothing],
    ['the requests', 'supplier-tanaka', '#/requests', nothing],
    ['the messages', 'buyer-amelie', '#/messages', nothing],
    ['a conversation', 'buyer-amelie', '#/messages', openFirst],
    ['the details of a conversation', 'buyer-amelie', '#/messages', openDetails],
    ["an administrator's conversation", 'admin-ines', '#/messages', openFirst],
    [
      'the widget',
      'buyer-amelie',
      '#/products',
      (page) => page.getByRole('button', { name: 'Open chat' }).click(),
    ],
  ];

for (const [look, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['on a phone, light', { ...phone, colorScheme: 'light' }],
  ['on a phone, dark', { ...phone, colorScheme: 'dark' }],
] as const) {
  describe(look, () => {
    it.each(screens)(
      'axe finds nothing in %s, and the console nothing to say',
      async (_name, person, hash, act) => {
        const page = await demo.visit(person, hash, options);
        await page.waitForLoadState('networkidle');
        await act(page);
        await expectAccessible(page);
      },
    );
  });
}
