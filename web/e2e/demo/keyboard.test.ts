import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { bubble, demoForTests, fieldOf } from './demo.ts';

const demo = demoForTests();

/** Presses Tab until the element with this name has the focus, which must be seen. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return { name: '', isSeen: false };
      const label = element.getAttribute('aria-label') ?? element.textContent ?? '';
      // The ring may be around the box that the field is in.
      const boxes = [element, element.parentElement, element.parentElement?.parentElement];
      const ring = boxes.some((each) => {
        const look = each && getComputedStyle(each);
        return look && look.outlineStyle !== 'none' && Number.parseFloat(look.outlineWidth) >= 1;
      });
      return { name: label.trim(), isSeen: ring };
    });
    if (!name.test(now.name)) continue;
    expect(now.isSeen).toBe(true);
    return;
  }
  throw new Error(`Tab never reaches ${name}`);
}

it('a question is asked, answered to and looked up without a mouse', async () => {
  const page = await demo.visit('buyer-daniel', '#/products/product-planter');
  await tabTo(page, /^Ask Terre Valdoro/);
  await page.keyboard.press('Enter');
  await fieldOf(page).waitFor();
  await expect.poll(() => fieldOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.type('Typed, never clicked');
  await page.keyboard.press('Enter');
  await bubble(page, 'Typed, never clicked').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => fieldOf(page).count()).toBe(0);

  // Whoever closes the chat stands where they opened it.
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Open chat');
  await page.goto(`${demo.url()}/#/messages`);
  await page.locator('[data-conversation]', { hasText: 'Typed, never clicked' }).waitFor();
  await tabTo(page, /Typed, never clicked/);
  await page.keyboard.press('Enter');
  await expect.poll(() => fieldOf(page).evaluate((field) => field === document.activeElement)).toBe(true);
  await page.keyboard.press('Shift+Tab');
  await tabTo(page, /Message to/);
});

it('without motion for those who want none', async () => {
  const page = await demo.visit('buyer-daniel', '#/messages', { reducedMotion: 'reduce' });
  await page.locator('[data-conversation]').first().click();
  await fieldOf(page).waitFor();
  const longest = await page.evaluate(() =>
    Math.max(
      0,
      ...document.getAnimations().map((each) => Number(each.effect?.getComputedTiming().activeDuration ?? 0)),
    ),
  );
  expect(longest).toBeLessThanOrEqual(1);
});
