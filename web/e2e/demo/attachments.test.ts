import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { gate } from '../support/gate.ts';
import { demoForTests, fieldOf, threadOf } from './demo.ts';

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

/** A transfer with this picture in it, as the browser makes one for what is dragged or pasted. */
const transferOf = (page: Page, name: string) =>
  page.evaluateHandle(
    ([name, bytes]) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0));
      transfer.items.add(new File([content], name, { type: 'image/png' }));
      return transfer;
    },
    [name, png.toString('base64')] as const,
  );

it('what is dropped or pasted has a preview and can be taken back while it is on its way', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await fieldOf(page).waitFor();
  const uploads = gate();
  const gone: string[] = [];
  await page.route('**/api/chat/attachments', async (route) => {
    await uploads.pass();
    await route.continue().catch(() => undefined);
  });
  page.on('requestfailed', (request) => gone.push(request.failure()?.errorText ?? ''));

  const dropped = await transferOf(page, 'dropped.png');
  await fieldOf(page).dispatchEvent('dragover', { dataTransfer: dropped });
  await page.getByText('Drop files to attach them').waitFor();
  await fieldOf(page).dispatchEvent('drop', { dataTransfer: dropped });
  await page.getByText('Drop files to attach them').waitFor({ state: 'detached' });
  await expectOnItsWay(page, 'dropped.png');
  await expect.poll(uploads.isWaitedFor).toBe(true);
  await page.getByRole('button', { name: 'Remove dropped.png' }).click();
  await page.getByText('dropped.png').waitFor({ state: 'detached' });
  await expect.poll(() => gone).toEqual(['net::ERR_ABORTED']);

  await fieldOf(page).evaluate(
    (field, clipboardData) =>
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })),
    await transferOf(page, 'pasted.png'),
  );
  await expectOnItsWay(page, 'pasted.png');
  const send = page.getByRole('button', { name: 'Send', exact: true });
  expect(await send.isDisabled()).toBe(true);
  await expect.poll(uploads.isWaitedFor).toBe(true);
  uploads.open();
  await send.click();
  const sent = threadOf(page).getByAltText('Image pasted.png');
  await expect.poll(() => sent.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(4);
  expect(await page.getByText('dropped.png').count()).toBe(0);
});

/** It stands in the tray with a picture and a bar. */
async function expectOnItsWay(page: Page, name: string): Promise<void> {
  await page.getByRole('progressbar', { name: `Uploading ${name}` }).waitFor();
  const preview = page.getByRole('listitem').filter({ hasText: name }).locator('img');
  await expect.poll(() => preview.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(4);
}
