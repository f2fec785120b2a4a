import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { bubble, button, buyer, field, type Market, supplier, written } from '../support/market.ts';

/** Eight pixels of one colour. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAIAAADwyuo0AAAAEElEQVR4nGPYEqUBRwzIHACCagmxbM7FEgAAAABJRU5ErkJggg==';

/** What is written, pasted and attached. */
export function composer(market: Market): void {
  function fileOf(name: string, content: Buffer): string {
    const folder = mkdtempSync(join(tmpdir(), 'haggle-files-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  }

  it('a draft is there after a reload, and only in its conversation', async () => {
    const id = await market.conversation('product-planter');
    const other = await market.conversation('product-bowl');
    const page = await market.visit(buyer, `#/messages/${id}`);
    await page.write(field, 'Half a sent');
    await page.until("Object.values(localStorage).some((value) => value.includes('Half a sent'))");
    await page.reload();
    await expect.poll(() => written(page)).toBe('Half a sent');
    await page.click({ css: `[data-conversation="${other}"]` });
    await expect.poll(() => written(page)).toBe('');
    await page.click({ css: `[data-conversation="${id}"]` });
    await expect.poll(() => written(page)).toBe('Half a sent');
    await page.click(field);
    await page.press('a', 'Control');
    await page.press('Backspace');
    await expect.poll(() => written(page)).toBe('');
  });

  it('cells of a spreadsheet are pasted as text, and are sent as they are', async () => {
    const id = await market.conversation('product-bowl');
    const page = await market.visit(buyer, `#/messages/${id}`);
    await page.see(field);
    await page.evaluate(`(${putCells})()`);
    await page.press('c', 'Control');
    await page.click(field);
    await page.press('v', 'Control');
    await expect.poll(() => written(page)).toBe('Bowl\t12\nPlanter\t30');
    // A spreadsheet puts a picture of the cells beside the text.
    expect(await page.evaluate(`(${paste})('${png}', 'Bowl')`)).toBe(true);
    expect(await page.count({ css: 'li', within: 'form' })).toBe(0);
    await page.click(button('Send'));
    await expect.poll(async () => (await market.texts(id)).at(-1)).toBe('Bowl\t12\nPlanter\t30');
  });

  it('a picture that is pasted alone is attached, and has a thumbnail', async () => {
    const id = await market.conversation('product-bowl');
    const page = await market.visit(buyer, `#/messages/${id}`);
    await page.see(field);
    expect(await page.evaluate(`(${paste})('${png}', '')`)).toBe(false);
    await page.see({ css: 'li', text: /pasted\.png/, within: 'form' });
    await page.click(button('Send'));
    await page.see({ role: 'img', name: 'Image pasted.png', within: 'log' });
    await page.until(isDrawn('pasted.png'));
  });

  it('a picture is chosen and sent, and the other one sees and opens it', async () => {
    const id = await market.conversation('product-dinner-plate');
    const asking = await market.visit(buyer, `#/messages/${id}`);
    await asking.see(field);
    await asking.chooseFiles('input[type=file]', [fileOf('crate.png', Buffer.from(png, 'base64'))]);
    await asking.click(button('Send'));
    await asking.see({ role: 'img', name: 'Image crate.png', within: 'log' });
    const answering = await market.visit(supplier, `#/messages/${id}`);
    await answering.see({ role: 'img', name: 'Image crate.png', within: 'log' });
    await answering.until(isDrawn('crate.png'));
    await answering.click(button('View crate.png'));
    await answering.see({ role: 'dialog', name: /crate\.png/ });
    await answering.press('Escape');
    await answering.seeNoMore({ role: 'dialog', name: /crate\.png/ });
  });

  it('a file is chosen, waits in the tray, and becomes a card from which it is fetched', async () => {
    const id = await market.conversation('product-planter');
    const page = await market.visit(buyer, `#/messages/${id}`);
    const content = 'item;price\nplanter;12\n';
    await page.see(field);
    await page.chooseFiles('input[type=file]', [fileOf('prices.csv', Buffer.from(content))]);
    await page.see({ css: 'li', text: /prices\.csv/, within: 'form' });
    await page.write(field, 'With the prices');
    await page.click(button('Send'));
    const card = { role: 'link', name: /prices\.csv/, within: 'log' } as const;
    const address = await page.ask(card, (link) => (link as HTMLAnchorElement).href);
    const fetched = `fetch(${JSON.stringify(address)}).then((answer) => answer.text())`;
    expect(await page.evaluate(fetched)).toBe(content);
    await page.see(bubble('With the prices'));
  });
}

/** A picture in the thread has come, and can be drawn. */
const isDrawn = (name: string) =>
  `[...document.querySelectorAll('[role=log] img')].some((each) => each.alt === 'Image ${name}' && each.naturalWidth === 4)`;

/* These run in the page. */

/** Selects cells in a place of their own, from where they can be copied. */
function putCells(): void {
  const cells = document.createElement('textarea');
  cells.value = 'Bowl\t12\nPlanter\t30';
  document.body.append(cells);
  cells.select();
}

/** Pastes a picture, and a text if there is one; whether the browser is left to insert it. */
function paste(picture: string, text: string): boolean {
  const transfer = new DataTransfer();
  const content = Uint8Array.from(atob(picture), (each) => each.charCodeAt(0));
  transfer.items.add(new File([content], 'pasted.png', { type: 'image/png' }));
  if (text) transfer.setData('text/plain', text);
  const event = new Event('paste', { bubbles: true, cancelable: true });
  // Not every browser lets a script say what the event of a paste carries.
  Object.defineProperty(event, 'clipboardData', { value: transfer });
  const field = document.querySelector('form textarea');
  if (!field) throw new Error('no field');
  return field.dispatchEvent(event);
}
