import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { frames } from '../support/anchor.ts';
import { catalogueForTests } from './catalogue.ts';

const catalogue = catalogueForTests();

const screens = [
  ['a laptop', { width: 1280, height: 800 }, false],
  ['a phone', { width: 390, height: 844 }, true],
  ['a small phone', { width: 320, height: 568 }, true],
  ['a phone on its side', { width: 740, height: 360 }, true],
  ['a small phone on its side', { width: 568, height: 320 }, true],
  ['400 % zoom', { width: 320, height: 256 }, false],
] as const;

const places = [
  ['a thread of the page', 'open=c1', 'Message to', null],
  ['a new conversation in the widget', 'part=widget&product', 'Close chat', null],
  ['a thread in the widget', 'part=widget', 'Close chat', 'c1'],
] as const;

/** Six files, three of them refused, five lines of text: all of it must leave room for what one needs next. */
describe.each(screens)('on %s', (_screen, viewport, isTouch) => {
  it.each(places)('files that were refused push nothing out of %s', async (_place, query, _close, row) => {
    const page = await catalogue.open(`scene=crowded&${query}`, {
      viewport,
      ...(isTouch && { isMobile: true, hasTouch: true }),
    });
    if (row) await page.locator(`[data-conversation=${row}]`).click();
    const field = page.getByRole('textbox', { name: /Message to/ });
    await field.click();
    await frames(page, 3);
    expect(await outOfSight(page)).toEqual([]);
    await field.press('End');
    await page.keyboard.type(' and one more thing\n'.repeat(3));
    expect(await outOfSight(page)).toEqual([]);
    if (viewport.height < 300) return;
    await page.evaluate(() => window.setScene({ connection: 'offline' }));
    await page
      .getByText(/offline/i)
      .first()
      .waitFor();
    await frames(page, 3);
    expect(await outOfSight(page)).toEqual([]);
  });
});

declare global {
  interface Window {
    setScene: (change: object) => void;
  }
}

/** Of what one needs next: whatever does not lie whole in the window, has something over it, or is squeezed. */
function outOfSight(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.querySelector('[popover]') ?? document;
    const reason = [...root.querySelectorAll('form p')].find((each) =>
      /cannot be sent/.test(each.textContent),
    );
    const wanted = {
      field: root.querySelector('textarea'),
      send: root.querySelector('form button[type=submit]'),
      reason: reason?.querySelector('span'),
      'its button': reason?.querySelector('button'),
      ...(root !== document && { close: root.querySelector('[aria-label="Close chat"]') }),
    };
    return Object.entries(wanted).flatMap(([name, element]) => {
      if (!element) return [`${name} is missing`];
      const { left, top, right, bottom, width } = element.getBoundingClientRect();
      const place = `${name}: ${[left, top, right, bottom].map(Math.round)}`;
      if (left < 0 || top < 0 || right > innerWidth || bottom > innerHeight) return [`${place} is out`];
      const ends = [
        [(left + right) / 2, top + 2],
        [(left + right) / 2, bottom - 2],
      ] as const;
      const covered = ends.some(([x, y]) => !element.contains(document.elementFromPoint(x, y)));
      if (covered) return [`${place} is covered`];
      return name === 'reason' && width < 120 ? [`${place} is squeezed`] : [];
    });
  });
}
