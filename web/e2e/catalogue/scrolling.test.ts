import { expect, it } from 'vitest';
import { drift, frames } from '../support/anchor.ts';
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
      log.scrollTop -= step < 100 ? 400 : 40_000;
      await new Promise((done) => requestAnimationFrame(done));
      rows = Math.max(rows, log.querySelectorAll('[data-index]').length);
    }
    return rows;
  });
  await page.getByText(/^#1 /).waitFor();
  expect(most).toBeGreaterThan(5);
  expect(most).toBeLessThan(200);
});

it('pages that come in front, with pictures that come later, do not move what is read', async () => {
  const page = await catalogue.open('scene=paged&open=c1', { viewport: { width: 1000, height: 800 } });
  let release = () => undefined as void;
  let late = Promise.resolve();
  await page.route('**/pictures/*', async (route) => {
    await late;
    await route.continue();
  });
  const oldest = () => page.evaluate(() => window.oldestLoaded());
  for (let turn = 0; turn < 8; turn += 1) {
    late = new Promise((done) => {
      release = done;
    });
    const before = await oldest();
    const moved = await drift(page, turn % 2 === 0 ? 2_000 : 1e6, async () => {
      await expect.poll(oldest).toBe(before - 50);
      await frames(page, 5);
      release();
      await frames(page, 20);
    });
    expect(moved).toBeLessThanOrEqual(1);
  }
});

it('the place where one reads is kept while one looks into another conversation', async () => {
  const page = await catalogue.open('scene=many&open=c1');
  const first = () =>
    page.evaluate(() => {
      const article = [...document.querySelectorAll('[role=log] article')].find(
        (each) => each.getBoundingClientRect().top > 200,
      );
      return { text: article?.textContent, top: article?.getBoundingClientRect().top };
    });
  await page.locator('article').first().waitFor();
  await drift(page, 5_000, () => frames(page, 20));
  const before = await first();
  await page.locator('[data-conversation=c2]').click();
  await page.getByText('Let me ask the mill.').waitFor();
  await page.locator('[data-conversation=c1]').click();
  await page.getByText(before.text?.slice(0, 20) ?? '').waitFor();
  await frames(page, 20);
  expect(await first()).toEqual(before);
});

declare global {
  interface Window {
    oldestLoaded: () => number;
  }
}
