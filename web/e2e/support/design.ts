import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/*
 * What a handful of elements was designed to look like. A sheet that weighs too much or comes in a wrong order makes
 * them look as the browser's own, and nothing else would fail.
 */
const parts = {
  row: [
    (page: Page) => page.locator('[data-conversation]').first(),
    {
      'padding-top': '10px',
      'padding-left': '12px',
      'border-top-width': '0px',
      'border-top-left-radius': '6px',
    },
  ],
  badge: [
    (page: Page) =>
      page
        .locator('[data-conversation]')
        .getByText(/unread message/)
        .first()
        .locator('..'),
    {
      height: '20px',
      'border-top-left-radius': '999px',
      'background-color': 'var(--haggle-accent)',
      color: 'var(--haggle-on-accent)',
    },
  ],
  send: [
    (page: Page) => page.getByRole('button', { name: 'Send', exact: true }),
    {
      width: '36px',
      height: '36px',
      'border-top-left-radius': '6px',
      'background-color': 'var(--haggle-accent)',
      color: 'var(--haggle-on-accent)',
    },
  ],
  field: [
    (page: Page) => page.getByRole('textbox', { name: /Message to/ }),
    {
      'padding-top': '8px',
      'padding-left': '4px',
      'border-top-width': '0px',
      'background-color': 'transparent',
      'font-family': 'var(--haggle-font)',
      'font-size': 'var(--haggle-text-md)',
    },
  ],
  launcher: [
    (page: Page) => page.getByRole('button', { name: /^Open chat/ }),
    {
      width: '56px',
      height: '56px',
      position: 'fixed',
      'border-top-left-radius': '50%',
      'background-color': 'var(--haggle-accent)',
      color: 'var(--haggle-on-accent)',
    },
  ],
} satisfies Record<string, [(page: Page) => Locator, Record<string, string>]>;

export type Part = keyof typeof parts;

/** These parts, which are in sight now, look as designed; tokens have the value that they have in that place. */
export async function expectDesigned(page: Page, ...names: Part[]): Promise<void> {
  // What the mouse is over looks otherwise.
  await page.mouse.move(0, 0);
  for (const name of names) {
    const [find, design] = parts[name];
    // What changes its colour gets there by and by.
    await expect.poll(() => differences(find(page), design), { message: name }).toEqual([]);
  }
}

function differences(part: Locator, design: Record<string, string>): Promise<string[]> {
  return part.evaluate((element, wanted) => {
    // Something beside the part says what a token comes to there.
    const probe = document.createElement('span');
    element.after(probe);
    const found = Object.entries(wanted).flatMap(([property, value]) => {
      const isToken = value.startsWith('var(') || value === 'transparent';
      if (isToken) probe.style.setProperty(property, value);
      const expected = isToken ? getComputedStyle(probe).getPropertyValue(property) : value;
      const actual = getComputedStyle(element).getPropertyValue(property);
      return actual === expected ? [] : [`${property}: ${actual}, not ${expected}`];
    });
    probe.remove();
    return found;
  }, design);
}
