import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { frames } from '../support/anchor.ts';
import { phone } from '../support/phone.ts';
import { catalogueForTests } from './catalogue.ts';

const catalogue = catalogueForTests();

const focused = (page: Page) =>
  page.evaluate(() => {
    const active = document.activeElement;
    return active === document.body ? 'body' : (active?.getAttribute('aria-label') ?? active?.tagName);
  });

it("on a phone the browser's Back closes the thread first", async () => {
  const page = await catalogue.open('scene=page', phone);
  const address = page.url();
  await page.locator('[data-conversation=c1]').click();
  await page.getByRole('log').waitFor();
  await page.goBack();
  await page.locator('[data-conversation=c1]').waitFor();
  expect(page.url()).toBe(address);
  // Closed by its own button, nothing is left to go back to.
  await page.locator('[data-conversation=c1]').click();
  await page.getByRole('button', { name: 'Back to conversations' }).click();
  await page.locator('[data-conversation=c1]').waitFor();
  await expect.poll(() => page.evaluate(() => history.state?.haggleLayer ?? null)).toBeNull();
});

it.each([
  ['on its side with a keyboard', { width: 740, height: 200 }],
  ['at 400 % zoom', { width: 320, height: 256 }],
])('%s a message and the composer are in sight', async (_name, viewport) => {
  const page = await catalogue.open('scene=page&open=c1', { viewport });
  await page.locator('article').last().waitFor();
  await frames(page, 5);
  const seen = await page.evaluate(() => {
    const view = document.querySelector('[role=log]')?.getBoundingClientRect();
    const article = [...document.querySelectorAll('[role=log] article')].at(-1)?.getBoundingClientRect();
    const field = document.querySelector('textarea')?.getBoundingClientRect();
    if (!view || !article || !field) return null;
    return {
      ofMessage: Math.min(article.bottom, view.bottom) - Math.max(article.top, view.top),
      isFieldIn: field.top >= 0 && field.bottom <= window.innerHeight,
    };
  });
  expect(seen?.isFieldIn).toBe(true);
  expect(seen?.ofMessage).toBeGreaterThanOrEqual(30);
});

it('forced colours mark what is selected', async () => {
  const page = await catalogue.open('scene=page&open=c1', { forcedColors: 'active' });
  const background = (selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((each) => {
        // The colours are forced, what was transparent stays so: in another computed value, and the same to the eye.
        const page = document.createElement('div');
        page.style.background = 'Canvas';
        document.body.append(page);
        const [own, behind] = [each, page].map((one) => getComputedStyle(one).backgroundColor);
        page.remove();
        return /, 0\)$/.test(own ?? '') ? behind : own;
      });
  await page.locator('article').first().waitFor();
  expect(await background('[data-conversation=c1]')).not.toBe(await background('[data-conversation=c2]'));
  expect(await background('[aria-pressed=true]')).not.toBe(await background('[aria-pressed=false]'));
});

it('the filters wrap where they do not fit', async () => {
  const page = await catalogue.open('scene=page', { viewport: { width: 320, height: 640 } });
  const cut = await page.getByRole('group', { name: 'Show' }).evaluate((group) => ({
    overflows: group.scrollWidth > group.clientWidth,
    outside: [...group.querySelectorAll('button')].filter(
      (each) => each.getBoundingClientRect().right > window.innerWidth,
    ).length,
  }));
  expect(cut).toEqual({ overflows: false, outside: 0 });
});

it('on a wide screen the two sides of a talk stay within a reading width', async () => {
  const page = await catalogue.open('scene=page&open=c1', { viewport: { width: 2560, height: 1440 } });
  await page.locator('article').first().waitFor();
  const [left, right] = await page.evaluate(() => {
    const boxes = [...document.querySelectorAll('[role=log] article p')].map((each) =>
      each.getBoundingClientRect(),
    );
    return [Math.min(...boxes.map((each) => each.left)), Math.max(...boxes.map((each) => each.right))];
  });
  expect((right ?? 0) - (left ?? 0)).toBeLessThanOrEqual(1080);
});

it('an administrator who reads along sees each side on its side', async () => {
  const page = await catalogue.open('scene=admin&part=admin&open=c1');
  await page.locator('article').first().waitFor();
  const middles = await page.evaluate(() => {
    const log = document.querySelector('[role=log]')?.getBoundingClientRect();
    const middle = log ? log.left + log.width / 2 : 0;
    return [...document.querySelectorAll('[role=log] article')].map((each) => {
      const box = each.querySelector('p')?.getBoundingClientRect();
      return box ? Math.sign(middle - (box.left + box.right) / 2) : 0;
    });
  });
  expect(new Set(middles.filter((side) => side !== 0)).size).toBe(2);
});

it('the focus is never lost: details closed, left, joined, filters taken back, a piece that broke', async () => {
  const page = await catalogue.open('scene=admin&part=admin&open=c1');
  const press = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).first().focus();
    await page.keyboard.press('Enter');
    await frames(page, 3);
    expect(await focused(page), name).not.toBe('body');
  };
  await press('Join');
  await press('Leave');
  await press('Details');
  await page.getByRole('button', { name: 'Close', exact: true }).waitFor();
  await press('Close');
  await page.getByRole('textbox', { name: /Search/ }).fill('zzz');
  await page.getByText('Nothing found for “zzz”').waitFor();
  await press('Show all conversations');
});

/** As Google Translate does: every text goes into an element of the translator's, again whenever it changes. */
function translate(): void {
  const wrap = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
    for (const text of texts) {
      const parent = text.parentElement;
      if (!parent || parent.tagName === 'FONT' || /^(SCRIPT|STYLE|TEXTAREA)$/.test(parent.tagName)) continue;
      if (text.data.trim() === '') continue;
      const font = document.createElement('font');
      const inner = font.appendChild(document.createElement('font'));
      inner.textContent = text.data;
      text.replaceWith(font);
    }
  };
  wrap();
  new MutationObserver(wrap).observe(document.body, { subtree: true, childList: true, characterData: true });
}

it.each([
  ['page', 'scene=page&open=c1'],
  ['administration', 'scene=admin&part=admin&open=c1&details'],
  ['widget', 'scene=page&part=widget'],
])('a %s that a browser translates goes on through everything that happens', async (_part, query) => {
  const page = await catalogue.open(query);
  await page.locator('button:visible').first().waitFor();
  await frames(page, 3);
  await page.evaluate(translate);
  const names = await page.evaluate(() => Object.keys((window as unknown as Scenes).scenes));
  for (const name of [...names, 'page']) {
    for (const next of [name, 'typing', 'page', 'empty', name]) {
      await page.evaluate((which) => {
        const { setScene, scenes } = window as unknown as Scenes;
        setScene({
          firstUnread: null,
          typing: [],
          drafts: {},
          blockedUntil: null,
          connection: 'online',
          listStatus: 'success',
          threadStatus: 'success',
          uploads: [],
        });
        setScene(scenes[which] ?? {});
      }, next);
      await frames(page, 2);
    }
  }
  expect(await page.getByText('This part stopped working').count()).toBe(0);
  await page.locator('button:visible').first().waitFor();
});

interface Scenes {
  setScene: (change: unknown) => void;
  scenes: Record<string, unknown>;
}

it('no text stands beside elements in the same parent, where a translator would take it away from React', async () => {
  for (const query of [
    'scene=failed&open=c1',
    'scene=files&open=c1',
    'scene=typing&open=c1',
    'scene=offline&open=c1',
    'scene=error&open=c1',
    'scene=admin&part=admin&open=c1&details',
    'scene=page&part=widget',
  ]) {
    const page = await catalogue.open(query);
    await page.locator('button:visible').first().waitFor();
    await frames(page, 5);
    const mixed = await page.evaluate(() =>
      [...document.querySelectorAll('#root *')].flatMap((element) => {
        const nodes = [...element.childNodes].filter(
          (node) => node.nodeType === 1 || node.textContent?.trim(),
        );
        const texts = nodes.filter((node) => node.nodeType === 3).length;
        return texts > 0 && nodes.length > 1 ? [element.outerHTML.slice(0, 160)] : [];
      }),
    );
    expect(mixed, query).toEqual([]);
  }
});
