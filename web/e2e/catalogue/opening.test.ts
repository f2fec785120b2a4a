import { describe, expect, it } from 'vitest';
import { frames } from '../support/anchor.ts';
import { lineMoved, watchLine } from '../support/line.ts';
import { randomFrom } from '../support/random.ts';
import { catalogueForTests } from './catalogue.ts';

const catalogue = catalogueForTests();

/** Until here the older pages of every opening are loaded. */
const SETTLED_FRAMES = 20;
/** On each screen; `HAGGLE_TIMES=5` tries two hundred in all. */
const OPENINGS = 10 * Number(process.env['HAGGLE_TIMES'] ?? 1);

describe.each([
  ['a wide screen', { width: 2560, height: 1440 }],
  ['a laptop', { width: 1280, height: 800 }],
  ['a tall screen', { width: 1080, height: 1920 }],
  ['a phone', { width: 390, height: 844 }],
])('on %s', (name, viewport) => {
  it('a conversation that opens at the "new messages" line stays there', async () => {
    const random = randomFrom(viewport.width);
    const page = await catalogue.blank({ viewport });
    await page.route('**/pictures/*', async (route) => {
      // Late pictures: somewhen while the older pages come.
      await frames(page, Math.floor(random() * 10)).catch(() => undefined);
      await route.continue().catch(() => undefined);
    });
    await watchLine(page, 'New messages');
    const jumped: string[] = [];
    for (let opening = 0; opening < OPENINGS; opening += 1) {
      const total = 120 + Math.floor(random() * 400);
      let unread = 1 + Math.floor(random() * (opening % 3 === 0 ? 15 : 80));
      // Two of five are the reader's own there; the first unread one never is.
      while ((total - unread + 1) % 5 < 2) unread += 1;
      const kinds = random() < 0.6 ? 'short' : 'mixed';
      const query = `scene=opening&open=c1&total=${total}&unread=${unread}&kinds=${kinds}`;
      await catalogue.goto(page, query);
      await page.getByText('New messages').waitFor();
      await frames(page, SETTLED_FRAMES);
      const moved = await lineMoved(page);
      if (moved > 1) jumped.push(`${query}: ${Math.round(moved)} px`);
    }
    expect(jumped, name).toEqual([]);
  }, 600_000);
});
