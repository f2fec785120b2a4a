import { expect, it } from 'vitest';
import { expectComplaints } from '../support/guard.ts';
import { bubble, demoForTests, fieldOf, say, threadOf } from './demo.ts';

const demo = demoForTests(() => ({ HAGGLE_MESSAGES_PER_MINUTE: '10' }));

it('too many messages: a countdown, the text is kept, and everything arrives in order', async () => {
  expectComplaints(/status of 429/);
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  const texts: string[] = [];
  const countdown = page.getByRole('timer');
  while (!(await countdown.isVisible())) {
    texts.push(`Quick ${texts.length + 1}`);
    await say(page, texts.at(-1) ?? '');
  }
  const seconds = async () =>
    Number(/in (\d+) second/.exec((await countdown.allTextContents()).join())?.[1] ?? 0);
  const first = await seconds();
  await fieldOf(page).fill('Still here');
  await fieldOf(page).press('Enter');
  expect(await fieldOf(page).inputValue()).toBe('Still here');
  await expect.poll(seconds).toBeLessThan(first);
  await countdown.waitFor({ state: 'detached', timeout: 60_000 });
  await expect
    .poll(
      () =>
        threadOf(page)
          .getByTitle(/Waiting|Sending/)
          .count(),
      { timeout: 60_000 },
    )
    .toBe(0);
  expect(await fieldOf(page).inputValue()).toBe('Still here');
  const stored = (await demo.texts('buyer-daniel', id)).filter((text) => text.startsWith('Quick'));
  expect(stored).toEqual(texts.slice(0, stored.length));
  expect(stored.length).toBeGreaterThan(10);
  await bubble(page, stored.at(-1) ?? '').waitFor();
});
