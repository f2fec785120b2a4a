import { expect, it } from 'vitest';
import { bubble, button, buyer, field, type Market, say, supplier } from '../support/market.ts';

/** What two people write to each other, and what becomes of it. */
export function messages(market: Market): void {
  it('somebody logs in, sends a message, and it has been sent', async () => {
    const id = await market.conversation('product-planter');
    const page = await market.visit(null);
    await page.click(button(/Daniel/));
    await page.click({ role: 'link', name: /^Messages/ });
    await page.click({ css: `[data-conversation="${id}"]` });
    await say(page, 'Could you ship 400 pieces in March?');
    await page.see({ css: '[title=Sent], [title=Delivered], [title=Read]' });
    expect((await market.texts(id)).at(-1)).toBe('Could you ship 400 pieces in March?');
  });

  it('the other one sees it come, and that it was read is seen', async () => {
    const id = await market.conversation('product-bowl');
    const asking = await market.visit(buyer, `#/messages/${id}`);
    await say(asking, 'Is the bowl of stoneware?');
    const answering = await market.visit(supplier, `#/messages/${id}`);
    await answering.see(bubble('Is the bowl of stoneware?'));
    await asking.see({ css: '[title=Read]', within: 'log' });
  });

  it('that somebody is typing is seen, and what they send takes its place', async () => {
    const id = await market.conversation('product-bowl');
    await market.answer(id, 'One moment, please.');
    const asking = await market.visit(buyer, `#/messages/${id}`);
    await asking.see(bubble('One moment, please.'));
    // What comes now comes over the socket: it is open, and hears of somebody typing.
    await market.answer(id, 'I have a look.');
    await asking.see(bubble('I have a look.'));
    const answering = await market.visit(supplier, `#/messages/${id}`);
    await answering.write(field, 'Yes, all of it.');
    await asking.see({ text: /Terre Valdoro is typing/ });
    await answering.press('Enter');
    await asking.see(bubble('Yes, all of it.'));
    await asking.seeNoMore({ text: /Terre Valdoro is typing/ });
  });

  it('what is unread is counted, has its line in the thread, and is read when it is looked at', async () => {
    const id = await market.conversation('product-dinner-plate');
    const unread = async () =>
      (await market.server().call<{ unreadCount: number }>(buyer, 'GET', `conversations/${id}`)).unreadCount;
    const page = await market.visit(buyer, '#/messages');
    await page.see({ css: '[data-conversation]' });
    for (const text of ['First news', 'Second news']) await market.answer(id, text);
    await page.until(
      `/2 unread messages/.test(document.querySelector('[data-conversation="${id}"]')?.textContent)`,
    );
    await page.until('/^\\(\\d+\\) /.test(document.title)');
    await page.click({ css: `[data-conversation="${id}"]` });
    await page.see(bubble('New messages'));
    await page.see(bubble('Second news'));
    await expect.poll(unread).toBe(0);
    await page.until(`!/unread/.test(document.querySelector('[data-conversation="${id}"]')?.textContent)`);
  });

  it('a server that is killed and started again is found again, and what was written meanwhile is sent once', async () => {
    const id = await market.conversation('product-floor-tile');
    const page = await market.visit(buyer, `#/messages/${id}`);
    await say(page, 'Before');
    await expect.poll(() => market.texts(id)).toContain('Before');
    await market.server().kill();
    await say(page, 'While it was away 1');
    await say(page, 'While it was away 2');
    await page.see({ css: '[title="Waiting to be sent"]', within: 'log' });
    await market.server().start();
    const all = ['Before', 'While it was away 1', 'While it was away 2'];
    await expect.poll(async () => (await market.texts(id)).slice(-3)).toEqual(all);
    await market.answer(id, 'And after');
    await page.see(bubble('And after'));
    await page.seeNoMore({ css: '[title="Waiting to be sent"]' });
    for (const text of all) expect(await page.count(bubble(text))).toBe(1);
  });
}
