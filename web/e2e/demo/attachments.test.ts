import { expect, it } from 'vitest';
import { demoForTests, threadOf } from './demo.ts';

const demo = demoForTests();

/** Eight pixels of one colour. */
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAEElEQVR4nGPYEqUBRwzIHACCagmxbM7FEgAAAABJRU5ErkJggg==',
  'base64',
);

it('a buyer sends a picture and a table, and the supplier sees and opens them', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
  const buyer = await demo.visit('buyer-daniel', `#/messages/${id}`);
  const supplier = await demo.visit('supplier-bellandi', `#/messages/${id}`);
  await buyer.locator('input[type=file]').setInputFiles([
    { name: 'crate.png', mimeType: 'image/png', buffer: png },
    { name: 'prices.csv', mimeType: 'text/csv', buffer: Buffer.from('item;price\nplanter;12\n') },
  ]);
  const send = buyer.getByRole('button', { name: 'Send', exact: true });
  await send.click();

  for (const page of [buyer, supplier]) {
    const picture = threadOf(page).getByAltText('Image crate.png');
    await picture.waitFor();
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(4);
  }
  await supplier.getByRole('button', { name: 'View crate.png' }).click();
  const large = supplier.getByRole('dialog', { name: 'crate.png' }).locator('img');
  await expect.poll(() => large.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(4);
  await supplier.keyboard.press('Escape');

  const download = supplier.waitForEvent('download');
  await threadOf(supplier).getByText('prices.csv').click();
  expect((await download).suggestedFilename()).toBe('prices.csv');
});
