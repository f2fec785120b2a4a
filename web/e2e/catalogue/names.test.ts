import { expect, it } from 'vitest';
import { catalogueForTests } from './catalogue.ts';

const catalogue = catalogueForTests();

it('from right to left a name that does not fit keeps its beginning', async () => {
  const page = await catalogue.open('scene=admin&part=admin&open=c1&lang=ar', {
    viewport: { width: 320, height: 640 },
  });
  const names = page.locator('header h2 bdi');
  await names.first().waitFor();
  const cut = await names.evaluateAll((all) =>
    all.map((name) => {
      const range = document.createRange();
      range.selectNodeContents(name);
      // The first letter stands at the left of a name in Latin letters; what clips it is the nearest box that hides.
      const first = range.getClientRects()[0];
      let box: Element | null = name;
      while (box && getComputedStyle(box).overflowX === 'visible') box = box.parentElement;
      return Math.round((first?.left ?? 0) - (box?.getBoundingClientRect().left ?? 0));
    }),
  );
  expect(cut.length).toBeGreaterThan(1);
  for (const beyond of cut) expect(beyond).toBeGreaterThanOrEqual(0);
});

it('from right to left a name and its company do not run together', async () => {
  const page = await catalogue.open('scene=page&companies&lang=ar');
  const row = page.locator('[data-conversation=c1] bdi');
  await row.first().waitFor();
  const [name, company] = await row.evaluateAll((all) =>
    all.slice(0, 2).map((each) => each.getBoundingClientRect()),
  );
  expect((name?.left ?? 0) - (company?.right ?? 0)).toBeGreaterThanOrEqual(4);
});

it.each(['light', 'dark'] as const)(
  'forced colours mark the chosen part of a bar, %s',
  async (colorScheme) => {
    const page = await catalogue.open('scene=admin&part=admin', { forcedColors: 'active', colorScheme });
    const bar = page.locator('[data-bar]').first();
    await bar.waitFor();
    const background = (pressed: boolean) =>
      bar
        .locator(`[aria-pressed=${pressed}]`)
        .first()
        .evaluate((each) => getComputedStyle(each).backgroundColor);
    expect(await background(true)).not.toBe(await background(false));
  },
);
