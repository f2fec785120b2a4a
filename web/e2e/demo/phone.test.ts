import { describe, expect, it } from 'vitest';
import { frames } from '../support/anchor.ts';
import { tokenOf } from '../support/demo-server.ts';
import { expectComplaints } from '../support/guard.ts';
import { phone } from '../support/phone.ts';
import { bubble, demoForTests, fieldOf, say, threadOf } from './demo.ts';

const demo = demoForTests();
const small = { ...phone, viewport: { width: 320, height: 640 } };

it('on a phone Enter breaks the line and the button sends', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`, phone);
  await fieldOf(page).fill('First line');
  await fieldOf(page).press('Enter');
  await page.keyboard.type('Second line');
  expect(await fieldOf(page).inputValue()).toBe('First line\nSecond line');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect
    .poll(async () => (await demo.texts('buyer-daniel', id)).at(-1))
    .toBe('First line\nSecond line');
});

describe('on a phone Back', () => {
  it('closes the widget first and leaves the page where it is', async () => {
    const page = await demo.visit('buyer-daniel', '#/products/product-planter', phone);
    const address = page.url();
    await page.getByRole('button', { name: /^Ask Terre Valdoro/ }).click();
    await fieldOf(page).waitFor();
    await page.goBack();
    await fieldOf(page).waitFor({ state: 'detached' });
    expect(page.url()).toBe(address);
    await page.getByRole('button', { name: /^Ask Terre Valdoro/ }).waitFor();
  });

  it('leads from a conversation to the list it was opened from, and then closes the widget', async () => {
    const page = await demo.visit('buyer-amelie', '#/', phone);
    await page.getByRole('button', { name: /^Open chat/ }).click();
    await page.locator('[data-conversation]').first().click();
    await fieldOf(page).waitFor();
    await page.goBack();
    await page.locator('[data-conversation]').first().waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Open chat/ }).waitFor();
  });

  it('closes the details first, and then the conversation', async () => {
    const page = await demo.visit('buyer-daniel', '#/messages', phone);
    await page.locator('[data-conversation]').first().click();
    await page.getByRole('button', { name: 'Details' }).click();
    await page.getByRole('heading', { name: 'Details' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Details' }).waitFor({ state: 'detached' });
    expect(await threadOf(page).isVisible()).toBe(true);
    await page.goBack();
    await page.locator('[data-conversation]').first().waitFor();
    expect(await threadOf(page).count()).toBe(0);
  });

  it('leaves the page after the widget was closed by its own button', async () => {
    const page = await demo.visit('buyer-amelie', '#/', phone);
    await page.evaluate(() => location.assign('#/products/product-planter'));
    await page.getByRole('button', { name: /^Ask / }).waitFor();
    await page.getByRole('button', { name: /^Open chat/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Close chat' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => history.state)).toBeNull();
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('product-planter');
  });
});

it('the launcher stands above a bar that the page has fixed to its lower edge', async () => {
  const page = await demo.visit('buyer-amelie', '#/', phone);
  const launcher = page.getByRole('button', { name: /^Open chat/ });
  const bottom = () =>
    launcher.evaluate((element) => window.innerHeight - element.getBoundingClientRect().bottom);
  await expect.poll(bottom).toBe(20);
  await page.evaluate(() => {
    const bar = document.createElement('div');
    bar.id = 'bar';
    bar.style.cssText = 'position: fixed; inset: auto 0 0; height: 64px; background: silver';
    document.body.append(bar);
  });
  await expect.poll(bottom).toBeGreaterThanOrEqual(64);
  await page.evaluate(() => document.querySelector('#bar')?.remove());
  await expect.poll(bottom).toBe(20);
});

it('a file fits the smallest phone, in the thread and while it is being attached', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`, small);
  const name = `${'a-very-long-name-of-a-drawing-'.repeat(4)}.csv`;
  const buffer = Buffer.from('item;price\nbowl;12\n');
  await page.locator('input[type=file]').setInputFiles([{ name, mimeType: 'text/csv', buffer }]);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const card = threadOf(page).getByRole('link', { name: /a-very-long-name/ });
  await card.waitFor();
  await expect.poll(() => card.evaluate(sticksOut)).toEqual([]);
  const log = await threadOf(page).evaluate((thread) => thread.scrollWidth - thread.clientWidth);
  expect(log).toBe(0);
});

it('the button that goes down is not over what was sent with files, which is in sight', async () => {
  const page = await demo.visit('buyer-zeynep', '#/products/product-hex-bolt', phone);
  await page.getByRole('button', { name: /^Open chat/ }).click();
  const buffer = Buffer.from('item;price\nbolt;12\n');
  const files = ['a.csv', 'b.csv', 'c.csv'].map((name) => ({ name, mimeType: 'text/csv', buffer }));
  await page.locator('input[type=file]').setInputFiles(files);
  await expect.poll(() => page.locator('form').getByText(/bytes/).count()).toBe(3);
  await say(page, 'With files');
  await bubble(page, 'With files').waitFor();
  await page.locator('form').getByRole('listitem').first().waitFor({ state: 'detached' });
  await frames(page, 10);
  expect(await page.getByRole('button', { name: /Jump to newest/ }).count()).toBe(0);
});

/** What of an element, or around it up to the page, reaches past the edge of the window or of what it is in. */
function sticksOut(element: Element): string[] {
  const found: string[] = [];
  const inner = element.getBoundingClientRect();
  for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
    const box = at.getBoundingClientRect();
    if (box.left < 0 || box.right > window.innerWidth) found.push(`${at.tagName} past the window`);
    if (inner.left < box.left - 1 || inner.right > box.right + 1)
      found.push(`past ${at.tagName} ${at.className}`);
  }
  return found;
}

it('with all storage forbidden the widget still sends, and says what it cannot keep', async () => {
  // A page that the test itself answers counts as one of the internet: its socket to this machine is refused.
  expectComplaints(/ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS/);
  const page = await demo.visit(null);
  await page.route('**/host-token', async (route) =>
    route.fulfill({ body: await tokenOf(demo.url(), 'buyer-daniel') }),
  );
  await page.route('**/host', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body:
        '<!doctype html><title>Host</title><link rel="icon" href="data:,"><h1>Host</h1>' +
        '<script src="/widget.js" data-token-url="/host-token" data-product-id="product-planter" ' +
        'data-product-name="Planter" data-supplier-id="company-valdoro"></script>',
    }),
  );
  await page.addInitScript(forbidStorage);
  await page.goto(`${demo.url()}/host`);
  await page.getByRole('button', { name: 'Open chat' }).click();
  await fieldOf(page).fill('Nothing can be stored');
  await page.getByText('This browser cannot store the draft.').waitFor();
  const buffer = Buffer.from('item;price\nplanter;12\n');
  await page.locator('input[type=file]').setInputFiles([{ name: 'p.csv', mimeType: 'text/csv', buffer }]);
  await page.getByRole('dialog').getByRole('button', { name: 'Close chat' }).click();
  await page.getByRole('button', { name: 'Open chat' }).click();
  expect(await fieldOf(page).inputValue()).toBe('Nothing can be stored');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await bubble(page, 'Nothing can be stored').waitFor();
  await page
    .getByTitle(/^(Sent|Delivered|Read)$/)
    .last()
    .waitFor();
  await threadOf(page).getByText('p.csv').waitFor();
});

/** As for a page in a frame of somebody who blocks what other sites store. */
function forbidStorage(): void {
  const refuse = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, { get: refuse });
  Object.defineProperty(window, 'BroadcastChannel', { value: refuse });
  navigator.locks.request = () => Promise.reject(new DOMException('no', 'SecurityError'));
}
