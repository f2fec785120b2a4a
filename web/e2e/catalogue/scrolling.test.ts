import { expect, it } from 'vitest';
import { distanceFromEnd, drift, frames } from '../support/anchor.ts';
import { catalogueForTests } from './catalogue.ts';

const catalogue = catalogueForTests();

it('100,000 messages scroll from the newest to the first with under 200 rows in the page', async () => {
  const page = await catalogue.open('scene=hundred&open=c1');
  await page.locator('article').first().waitFor();
  const most = await page.evaluate(async () => {
    const log = document.querySelector('[role=log]');
    if (!log) throw new Error('no thread');
    let rows = 0;
    for (let step = 0; log.scrollTop > 0 || step < 10; step += 1) {
      log.scrollTop -= step < 50 ? 400 : 400_000;
      await new Promise((done) => requestAnimationFrame(done));
      rows = Math.max(rows, log.querySelectorAll('[data-index]').length);
    }
    return rows;
  });
  await page.getByText(/^#1 /).waitFor();
  expect(most).toBeGreaterThan(5);
  expect(most).toBeLessThan(200);
});

it('a conversation opens at its newest message', async () => {
  const page = await catalogue.open('scene=many&open=c1');
  await page.getByText(/^#10000 /).waitFor();
  await expect.poll(() => distanceFromEnd(page)).toBeLessThanOrEqual(1);
});

it('the place where one reads is kept while one looks into another conversation', async () => {
  const page = await catalogue.open('scene=many');
  const first = () =>
    page.evaluate(() => {
      const article = [...document.querySelectorAll('[role=log] article')].find(
        (each) => each.getBoundingClientRect().top > 200,
      );
      return { text: article?.textContent ?? '', top: Math.round(article?.getBoundingClientRect().top ?? 0) };
    });
  await page.locator('[data-conversation=c1]').click();
  await page.locator('article').first().waitFor();
  await drift(page, 5_000, () => frames(page, 20));
  const before = await first();
  await page.locator('[data-conversation=c2]').click();
  await page.getByText('Let me ask the mill.').waitFor();
  await page.locator('[data-conversation=c1]').click();
  await page.getByText(/#\d+ /.exec(before.text)?.[0] ?? 'nothing').waitFor();
  await expect.poll(first).toEqual(before);
});
