import axe from 'axe-core';
import { launch, serve } from './browser.mjs';

/* Looks for faults of accessibility in every state, in both themes and both directions: node axe.mjs */

const open = [
  'page',
  'unread',
  'typing',
  'failed',
  'offline',
  'loading',
  'error',
  'limited',
  'files',
  'many',
];
const states = [
  ...open.map((scene) => `scene=${scene}&open=c1`),
  'scene=page',
  'scene=empty',
  'scene=fresh&open=c8',
  'scene=admin&part=admin&open=c6',
  'scene=page&part=widget',
  'scene=page&part=widget&product',
  'scene=page&part=widget&closed',
];
const looks = ['theme=light', 'theme=dark', 'theme=light&lang=ar'];

const site = await serve();
const browser = await launch();
let faults = 0;
for (const width of [1280, 390]) {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  for (const state of states) {
    for (const look of looks) {
      await page.goto(`${site.address}?${state}&${look}`);
      await page.waitForTimeout(250);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document));
      for (const { id, nodes } of violations) {
        faults++;
        process.stdout.write(
          `${width} ${state} ${look}: ${id}: ${nodes.map((node) => node.html).join('\n    ')}\n`,
        );
      }
    }
  }
  await page.close();
}
await browser.close();
site.close();
process.stdout.write(`${faults} faults\n`);
process.exitCode = faults > 0 ? 1 : 0;
