import { describe, expect, it } from 'vitest';
import { frames } from '../support/anchor.ts';
import { phone } from '../support/phone.ts';
import { catalogueForTests } from './catalogue.ts';

const catalogue = catalogueForTests();

/** Turns the order of the kit's sheets around; inside each, everything stays where it is. */
function turnSheetsAround(): number {
  const modules = new Map<string, string[]>();
  for (const sheet of [...document.styleSheets]) {
    for (const rule of sheet.cssRules) {
      // `_name_hash_line` is what a class of a module is called here; the hash is the module's.
      const module = /\._[\w-]+?_([a-z0-9]{5})_\d+/.exec(rule.cssText)?.[1] ?? '';
      modules.set(module, [...(modules.get(module) ?? []), rule.cssText]);
    }
  }
  const turned = new CSSStyleSheet();
  const [others, ...kit] = [...modules].sort(([one], [other]) => Number(one !== '') - Number(other !== ''));
  turned.replaceSync([others, ...kit.reverse()].flatMap((each) => each?.[1] ?? []).join('\n'));
  document.adoptedStyleSheets = [turned];
  for (const sheet of [...document.styleSheets]) sheet.disabled = true;
  return modules.size;
}

declare global {
  interface Window {
    /** Every property of every element that differs from the call before, by what it is. */
    changes: () => string[];
  }
}

function watchLooks(): void {
  const look = () =>
    [...document.querySelectorAll('body *')].map((element) => {
      const style = getComputedStyle(element);
      return { element, look: new Map([...style].map((each) => [each, style.getPropertyValue(each)])) };
    });
  let before = look();
  window.changes = () => {
    const now = look();
    const changed = now.flatMap(({ element, look }, index) =>
      [...look]
        .filter(([property, value]) => before[index]?.look.get(property) !== value)
        .map(([property, value]) => {
          const name = `${element.tagName} ${element.getAttribute('class')}`;
          return `${name} ${property}: ${before[index]?.look.get(property)}, then ${value}`;
        }),
    );
    before = now;
    return changed;
  };
}

const states = [
  'scene=page&open=c1',
  'scene=files&open=c1&drop',
  'scene=offline&open=c1',
  'scene=error&open=c1',
  'scene=empty',
  'scene=admin&part=admin&open=c1&details',
  'scene=page&part=widget',
  'scene=page&part=widget&product',
  'scene=page&part=widget&closed',
];

describe.each([
  ['on a laptop', {}],
  ['on a phone', phone],
])('%s', (_name, options) => {
  it.each(states)('%s looks the same in whatever order a bundler puts the styles', async (state) => {
    const page = await catalogue.open(state, { ...options, reducedMotion: 'reduce' });
    await page.locator('button:visible').first().waitFor();
    await frames(page, 5);
    await page.evaluate(watchLooks);
    expect(await page.evaluate(turnSheetsAround)).toBeGreaterThan(15);
    await frames(page, 5);
    expect(await page.evaluate(() => window.changes())).toEqual([]);
  });
});
