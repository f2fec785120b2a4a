import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page, Route } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gate } from '../support/gate.ts';
import { expectComplaints } from '../support/guard.ts';
import { bubble, demoForTests, fieldOf, say, threadOf } from './demo.ts';

const demo = demoForTests();
const sendOf = (page: Page) => page.getByRole('button', { name: 'Send', exact: true });
const trayOf = (page: Page, name: string): Locator =>
  page.locator('form').getByRole('listitem').filter({ hasText: name });
const open = (productId: string) => demo.conversation('buyer-daniel', 'company-valdoro', productId);

const csv = (name: string) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from('item;price\nplanter;12\n'),
});

/** Uploads wait at a gate, for as long as the page lives. */
async function holdUploads(page: Page) {
  const uploads = gate();
  await page.route('**/api/chat/attachments', async (route) => {
    await uploads.pass();
    await route.continue().catch(() => undefined);
  });
  return uploads;
}

it('a text over the limit stays whole, says how much is too much, and is not sent', async () => {
  const id = await open('product-planter');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await fieldOf(page).fill(`${'longs'.repeat(2_000)}end`);
  await page.getByText('3 characters too many').waitFor();
  await fieldOf(page).press('Enter');
  expect(await sendOf(page).isDisabled()).toBe(true);
  expect(await fieldOf(page).inputValue()).toHaveLength(10_003);
  await page.reload();
  await page.getByText('3 characters too many').waitFor();
  expect(await fieldOf(page).inputValue()).toHaveLength(10_003);
  await fieldOf(page).press('End');
  for (let presses = 0; presses < 3; presses += 1) await fieldOf(page).press('Backspace');
  await sendOf(page).click();
  await expect.poll(async () => (await demo.texts('buyer-daniel', id)).at(-1)?.length).toBe(10_000);
});

it('cells of a spreadsheet are pasted as text, and a picture alone as a file', async () => {
  const id = await open('product-bowl');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await fieldOf(page).click();
  const copy = (withText: boolean) =>
    page.evaluate(async (hasText) => {
      const canvas = document.createElement('canvas');
      const picture = await new Promise<Blob>((done) => canvas.toBlob((blob) => done(blob as Blob)));
      const text = new Blob(['Bowl\t12\nPlanter\t30'], { type: 'text/plain' });
      const item = new ClipboardItem({ 'image/png': picture, ...(hasText && { 'text/plain': text }) });
      await navigator.clipboard.write([item]);
    }, withText);
  await copy(true);
  await page.keyboard.press('Control+V');
  await expect.poll(() => fieldOf(page).inputValue()).toBe('Bowl\t12\nPlanter\t30');
  expect(await trayOf(page, '.png').count()).toBe(0);
  await copy(false);
  await page.keyboard.press('Control+V');
  await trayOf(page, '.png').waitFor();
  expect(await fieldOf(page).inputValue()).toBe('Bowl\t12\nPlanter\t30');
});

it('a table that is there as markup only is pasted in words, and can be taken out again', async () => {
  const id = await open('product-bowl');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await fieldOf(page).fill('Prices: ');
  await page.evaluate(async () => {
    const html = '<table><tr><td>Bowl</td><td>12</td></tr></table>';
    const item = new ClipboardItem({ 'text/html': new Blob([html], { type: 'text/html' }) });
    await navigator.clipboard.write([item]);
  });
  await page.keyboard.press('Control+V');
  await expect.poll(() => fieldOf(page).inputValue()).toBe('Prices: Bowl\t12');
  await page.keyboard.press('Control+Z');
  await expect.poll(() => fieldOf(page).inputValue()).toBe('Prices: ');
  await page.keyboard.press('Control+V');
  await fieldOf(page).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(8, 99));
  await page.keyboard.press('Delete');
  await fieldOf(page).pressSequentially('none');
  await expect.poll(() => fieldOf(page).inputValue()).toBe('Prices: none');
});

it('Send waits for an upload, and Enter says why', async () => {
  const id = await open('product-bowl');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  const uploads = await holdUploads(page);
  await page.locator('input[type=file]').setInputFiles([csv('slow.csv')]);
  await fieldOf(page).fill('With the prices');
  await page.getByText('A file is still being uploaded.').waitFor();
  await fieldOf(page).press('Enter');
  await page.getByRole('alert').getByText('A file is still being uploaded.').waitFor();
  expect(await fieldOf(page).inputValue()).toBe('With the prices');
  uploads.open();
  await expect
    .poll(async () => {
      await fieldOf(page).press('Enter');
      return fieldOf(page).inputValue();
    })
    .toBe('');
  await threadOf(page).getByText('slow.csv').last().waitFor();
  await expect.poll(async () => (await demo.texts('buyer-daniel', id)).at(-1)).toBe('With the prices');
});

it('a refused file keeps the message back until it is taken out, and the others stay', async () => {
  expectComplaints(/status of 415/);
  const id = await open('product-bowl');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await fieldOf(page).fill('Three of them');
  await page.locator('input[type=file]').setInputFiles([
    csv('good.csv'),
    {
      name: 'tool.exe',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from('MZ\x90\0\x03\0\0\0\x04\0'),
    },
    { name: 'nothing.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
  ]);
  await trayOf(page, 'tool.exe')
    .getByText(/cannot be sent|not of a kind/)
    .waitFor();
  await trayOf(page, 'nothing.txt').getByText('nothing.txt is empty.').waitFor();
  await page.getByText('2 files cannot be sent.').waitFor();
  await fieldOf(page).press('Enter');
  expect(await fieldOf(page).inputValue()).toBe('Three of them');
  expect(await sendOf(page).isDisabled()).toBe(true);
  await page.getByRole('button', { name: 'Remove what cannot be sent' }).click();
  await sendOf(page).click();
  await threadOf(page).getByText('good.csv').last().waitFor();
  await expect.poll(async () => (await demo.texts('buyer-daniel', id)).at(-1)).toBe('Three of them');
});

it('of what is dropped, a folder and what is too many are named, and the rest is attached', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'haggle-drop-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'drawings'));
  const paths = Array.from({ length: 11 }, (_, at) => join(folder, `list-${at}.csv`));
  for (const path of paths) writeFileSync(path, 'item;price\nplanter;12\n');
  const id = await open('product-bowl');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  const box = await fieldOf(page).boundingBox();
  if (box === null) throw new Error('no field');
  const devtools = await page.context().newCDPSession(page);
  const at = { x: box.x + 20, y: box.y + 10 };
  const data = { items: [], files: [join(folder, 'drawings'), ...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, ...at, data });
  await page.getByText('drawings is a folder.').waitFor();
  await page.getByText(/list-10.csv is one too many: a message can carry 10 files/).waitFor();
  await page.getByRole('button', { name: 'Remove what cannot be sent' }).click();
  await expect.poll(() => page.locator('form').getByRole('listitem').count()).toBe(10);
  await expect.poll(() => sendOf(page).isEnabled()).toBe(true);
});

describe('attachments stay with their draft', () => {
  it('when another conversation is opened, the one on its way included', async () => {
    const [here, there] = [await open('product-planter'), await open('product-dinner-plate')];
    const page = await demo.visit('buyer-daniel', `#/messages/${here}`);
    await page.locator('input[type=file]').setInputFiles([csv('done.csv')]);
    await expect.poll(() => sendOf(page).isEnabled()).toBe(true);
    const uploads = await holdUploads(page);
    await page.locator('input[type=file]').setInputFiles([csv('running.csv')]);
    await expect.poll(uploads.isWaitedFor).toBe(true);
    await page.evaluate((to) => location.assign(`#/messages/${to}`), there);
    await expect.poll(() => trayOf(page, '.csv').count()).toBe(0);
    uploads.open();
    await page.evaluate((to) => location.assign(`#/messages/${to}`), here);
    await expect.poll(() => trayOf(page, '.csv').count()).toBe(2);
    await expect.poll(() => sendOf(page).isEnabled()).toBe(true);
    await sendOf(page).click();
    await threadOf(page).getByText('running.csv').waitFor();
  });

  it('over a reload, the one on its way from its beginning', async () => {
    const id = await open('product-floor-tile');
    const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
    await page.locator('input[type=file]').setInputFiles([csv('done.csv')]);
    await expect.poll(() => sendOf(page).isEnabled()).toBe(true);
    const uploads = await holdUploads(page);
    await page.locator('input[type=file]').setInputFiles([csv('running.csv')]);
    await expect.poll(uploads.isWaitedFor).toBe(true);
    await expect.poll(() => keptFiles(page)).toBe(1);
    await fieldOf(page).fill('Both of them');
    await page.reload();
    await expect.poll(() => trayOf(page, '.csv').count()).toBe(2);
    // The one of the page before and its successor, in whatever order they come.
    await expect
      .poll(() => {
        uploads.open();
        return sendOf(page).isEnabled();
      })
      .toBe(true);
    await sendOf(page).click();
    for (const name of ['done.csv', 'running.csv']) await threadOf(page).getByText(name).waitFor();
    await page.reload();
    await threadOf(page).getByText('running.csv').waitFor();
    expect(await trayOf(page, '.csv').count()).toBe(0);
  });

  it('when the widget is closed', async () => {
    const page = await demo.visit('buyer-daniel', '#/products/product-planter');
    await page.getByRole('button', { name: /^Ask Terre Valdoro/ }).click();
    await fieldOf(page).waitFor();
    await page.locator('input[type=file]').setInputFiles([csv('widget.csv')]);
    await expect.poll(() => sendOf(page).isEnabled()).toBe(true);
    await page.getByRole('button', { name: 'Close chat' }).click();
    await fieldOf(page).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Ask Terre Valdoro/ }).click();
    await trayOf(page, 'widget.csv').waitFor();
    expect(await sendOf(page).isEnabled()).toBe(true);
  });

  it('when the conversation cannot be opened', async () => {
    expectComplaints(/status of 400/);
    const page = await demo.visit('buyer-amelie', '#/products/product-planter');
    await page.route('**/api/chat/conversations', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 400, json: {} }) : route.continue(),
    );
    await page.getByRole('button', { name: /^Ask Terre Valdoro/ }).click();
    await page.locator('input[type=file]').setInputFiles([csv('first.csv')]);
    await fieldOf(page).fill('My first question');
    await expect.poll(() => sendOf(page).isEnabled()).toBe(true);
    await sendOf(page).click();
    await page.getByText('The conversation could not be opened.').waitFor();
    expect(await fieldOf(page).inputValue()).toBe('My first question');
    await trayOf(page, 'first.csv').waitFor();
  });
});

/** How many files the browser keeps for uploads that are not done. */
const keptFiles = (page: Page) =>
  page.evaluate(async () => {
    const known = await indexedDB.databases();
    if (!known.some(({ name }) => name === 'haggle-uploads')) return 0;
    const database = await new Promise<IDBDatabase>((done) => {
      const request = indexedDB.open('haggle-uploads');
      request.onsuccess = () => done(request.result);
    });
    return new Promise<number>((done) => {
      const request = database.transaction('files').objectStore('files').count();
      request.onsuccess = () => {
        database.close();
        done(request.result);
      };
    });
  });

it('what is typed in two tabs at once is all there after a reload', async () => {
  const [here, there] = [await open('product-planter'), await open('product-dinner-plate')];
  const first = await demo.visit('buyer-daniel', `#/messages/${here}`);
  const second = await demo.tab(first, 'buyer-daniel', `#/messages/${there}`);
  await fieldOf(second).waitFor();
  await Promise.all([fieldOf(first).fill('In the first tab'), fieldOf(second).fill('In the second tab')]);
  await Promise.all([first.reload(), second.reload()]);
  await expect.poll(() => fieldOf(first).inputValue()).toBe('In the first tab');
  await expect.poll(() => fieldOf(second).inputValue()).toBe('In the second tab');
});

const idOf = (route: Route) =>
  (route.request().postDataJSON() as { clientMessageId: string }).clientMessageId;

it('a message that was refused says why, stays over a reload, and is changed and sent again', async () => {
  expectComplaints(/status of 400/);
  const id = await open('product-planter');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  const ids: string[] = [];
  const path = `**/api/chat/conversations/${id}/messages`;
  await page.route(path, async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    ids.push(idOf(route));
    const fields = { content: 'This word is not allowed here' };
    const problem = {
      error: 'Validation Error',
      code: 'validation_failed',
      message: 'Some fields are wrong',
      fields,
    };
    return route.fulfill({ status: 400, json: { ...problem, requestId: 'r' } });
  });
  await say(page, 'A word that is refused');
  await page.getByText('Not sent: This word is not allowed here').waitFor();
  await page.unroute(path);
  await page.reload();
  await page.getByText('Not sent: This word is not allowed here').waitFor();
  await page.getByRole('button', { name: 'Edit' }).click();
  const edit = page.getByRole('textbox', { name: 'Change the message that was not sent' });
  expect(await edit.inputValue()).toBe('A word that is refused');
  await edit.fill('A better word');
  await page.reload();
  await expect.poll(() => edit.inputValue()).toBe('A better word');
  const refused = ids.length;
  await page.route(path, (route) => {
    if (route.request().method() === 'POST') ids.push(idOf(route));
    return route.continue();
  });
  await edit.press('Enter');
  await bubble(page, 'A better word').waitFor();
  await expect.poll(async () => (await demo.texts('buyer-daniel', id)).at(-1)).toBe('A better word');
  expect(await page.getByText('A word that is refused').count()).toBe(0);
  expect(ids.length).toBeGreaterThan(refused);
  expect(ids.slice(0, refused)).not.toContain(ids.at(-1));
});

it('web and mail addresses and telephone numbers are links that tell the page nothing', async () => {
  const id = await open('product-planter');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await say(
    page,
    'https://en.wikipedia.org/wiki/Bearing_(mechanical). www.example.com, anna@a.example +49 30 123456',
  );
  const links = threadOf(page).locator('article').last().getByRole('link');
  await expect
    .poll(() => links.evaluateAll((all) => all.map((link) => link.getAttribute('href'))))
    .toEqual([
      'https://en.wikipedia.org/wiki/Bearing_(mechanical)',
      'https://www.example.com',
      'mailto:anna@a.example',
      'tel:+4930123456',
    ]);
  for (const link of await links.all()) {
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc');
    // A page of its own for another page; the mail program and the telephone need none.
    const isPage = (await link.getAttribute('href'))?.startsWith('https:') === true;
    expect(await link.getAttribute('target')).toBe(isPage ? '_blank' : null);
  }
});
