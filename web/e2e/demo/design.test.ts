import { it } from 'vitest';
import { expectDesigned } from '../support/design.ts';
import { demoForTests, fieldOf } from './demo.ts';

const demo = demoForTests();

it('page and widget look as designed', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
  await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content: 'Good morning' });
  const page = await demo.visit('buyer-daniel', '#/messages');
  await expectDesigned(page, 'row', 'badge');
  await page.locator(`[data-conversation="${id}"]`).click();
  await fieldOf(page).fill('Good morning');
  await expectDesigned(page, 'row', 'send', 'field');

  const shop = await demo.visit('buyer-daniel', '#/products/product-planter');
  await expectDesigned(shop, 'launcher');
  await shop.getByRole('button', { name: 'Ask Terre Valdoro' }).click();
  await fieldOf(shop).fill('Good morning');
  await expectDesigned(shop, 'send', 'field');
  await shop.getByRole('button', { name: 'Back to conversations' }).click();
  await expectDesigned(shop, 'row');
});
