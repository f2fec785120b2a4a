import { expect, it } from 'vitest';
import type { Look } from '../support/find.ts';
import { bubble, button, buyer, field, type Market, say, written } from '../support/market.ts';

/** The list, the widget, and the page in another size, direction and light. */
export function pages(market: Market): void {
  const rowOf = (id: string): Look => ({ css: `[data-conversation="${id}"]` });

  it('the list is searched, says what it has not found, and is whole again', async () => {
    const page = await market.visit(buyer, '#/messages');
    await page.see({ css: '[data-conversation]' });
    const all = await page.count({ css: '[data-conversation]' });
    const search: Look = { role: 'textbox', name: 'Search people, companies, products' };
    await page.write(search, 'xyzzy');
    await page.see({ text: /Nothing found for/ });
    await page.click(button('Clear search'));
    await expect.poll(() => page.count({ css: '[data-conversation]' })).toBe(all);
    await page.write(search, 'planter');
    await page.until(
      "[...document.querySelectorAll('[data-conversation]')].every((row) => /planter/i.test(row.textContent))",
    );
    expect(await page.count({ css: '[data-conversation]' })).toBeGreaterThan(0);
  });

  it('the widget opens from a product and sends, and after a reload has what was sent and what was not', async () => {
    const id = await market.conversation('product-planter');
    const page = await market.visit(buyer, '#/products/product-planter');
    await page.click(button(/^Ask Terre Valdoro/));
    await page.see({ role: 'dialog' });
    await say(page, 'Asked from the product');
    await expect.poll(async () => (await market.texts(id)).at(-1)).toBe('Asked from the product');
    await page.write(field, 'And one more thing');
    await page.until("Object.values(localStorage).some((value) => value.includes('one more thing'))");
    await page.reload();
    await page.click(button(/^Ask Terre Valdoro/));
    await page.see(bubble('Asked from the product'));
    await expect.poll(() => written(page)).toBe('And one more thing');
    await page.click(button('Close chat'));
    await page.seeNoMore(field);
    await page.see(button(/^Open chat/));
  });

  it('a question is asked and looked up without a mouse, and the list is one stop of the Tab key', async () => {
    const page = await market.visit(buyer, '#/products/product-planter');
    const isOn = "[...document.querySelectorAll('[data-conversation]')].includes(document.activeElement)";
    const tabUntil = async (expression: string) => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.press('Tab');
        if (await page.evaluate(expression)) return;
      }
      throw new Error(`Tab never reaches ${expression}`);
    };
    await page.see(button(/^Ask Terre Valdoro/));
    await tabUntil('/^Ask Terre Valdoro/.test(document.activeElement?.textContent)');
    await page.press('Enter');
    await say(page, 'Typed, never clicked');
    await page.press('Escape');
    await page.seeNoMore(field);
    await page.until('/Open chat/.test(document.activeElement?.textContent)');
    await page.evaluate("void (location.hash = '#/messages')");
    await page.see({ css: '[data-conversation]', text: /Typed, never clicked/ });
    // Nothing around the rows takes the focus for itself.
    await tabUntil("document.activeElement?.textContent.includes('Typed, never clicked')");
    expect(await page.evaluate(isOn)).toBe(true);
    await page.press('Enter');
    await page.see(bubble('Typed, never clicked'));
    await page.until("document.activeElement?.tagName === 'TEXTAREA'");
  });

  it('a narrow page shows the list or the conversation, and Back leads from one to the other', async () => {
    const id = await market.conversation('product-bowl');
    const page = await market.visit(buyer, '#/messages');
    await page.resize(480, 800);
    await page.click(rowOf(id));
    await page.see(field);
    expect(await page.count(rowOf(id))).toBe(0);
    await page.click(button('Back to conversations'));
    await page.see(rowOf(id));
    await page.seeNoMore(field);
    await page.click(rowOf(id));
    await page.see(field);
    await page.back();
    await page.see(rowOf(id));
    await page.seeNoMore(field);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
  });

  it('in Arabic the page runs from right to left, and a text of two directions is as it was written', async () => {
    const id = await market.conversation('product-dinner-plate');
    const page = await market.visit(buyer, `#/messages/${id}`);
    await page.see(field);
    await page.click(button(/Account and settings/));
    await page.click(button('العربية'));
    await page.press('Escape');
    const arabic: Look = { role: 'textbox', name: /^رسالة إلى/ };
    const text = 'السعر 12 EUR لكل قطعة, OK?';
    await page.write(arabic, text);
    await page.click(button('إرسال'));
    await expect.poll(async () => (await market.texts(id)).at(-1)).toBe(text);
    await page.see(bubble(text));
    expect(await page.ask(bubble(text), (element) => getComputedStyle(element).direction)).toBe('rtl');
    const [list, thread] = [
      await page.ask(rowOf(id), (element) => element.getBoundingClientRect().left),
      await page.ask({ role: 'log' }, (element) => element.getBoundingClientRect().right),
    ];
    expect(list).toBeGreaterThanOrEqual(thread);
    await page.click(button(/Account and settings/));
    await page.click(button('English'));
    await page.see(field);
  });

  it('the dark look is chosen, reaches the thread, and stays after a reload', async () => {
    const id = await market.conversation('product-bowl');
    const page = await market.visit(buyer, `#/messages/${id}`);
    await page.see(field);
    const brightness = () => page.ask({ css: 'body' }, brightnessOf);
    const choose = async (name: string) => {
      await page.click(button(/Account and settings/));
      await page.click(button(name));
      await page.press('Escape');
    };
    await choose('Light');
    await expect.poll(brightness).toBeGreaterThan(200);
    await choose('Dark');
    await expect.poll(brightness).toBeLessThan(80);
    await page.reload();
    await page.see(field);
    expect(await brightness()).toBeLessThan(80);
    const words = await page.ask(field, (element) =>
      getComputedStyle(element).color.match(/\d+/g)?.map(Number),
    );
    expect(Math.min(...(words ?? []).slice(0, 3))).toBeGreaterThan(150);
  });
}

/* It runs in the page: the mean of what its background is made of. */
function brightnessOf(element: HTMLElement): number {
  const parts =
    getComputedStyle(element)
      .backgroundColor.match(/[\d.]+/g)
      ?.slice(0, 3)
      .map(Number) ?? [];
  return parts.reduce((sum, each) => sum + each, 0) / 3;
}
