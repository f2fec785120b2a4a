import { expect, it } from 'vitest';
import { frames } from '../support/anchor.ts';
import { clippedTexts } from '../support/clipped.ts';
import { catalogueForTests } from './catalogue.ts';

const catalogue = catalogueForTests();

const states = [
  ...['page', 'unread', 'typing', 'failed', 'offline', 'error', 'limited', 'files', 'editing', 'long'].map(
    (scene) => `scene=${scene}&open=c1`,
  ),
  'scene=page',
  'scene=empty',
  'scene=error',
  'scene=fresh&open=c8',
  'scene=page&open=c1&details',
  'scene=admin&part=admin',
  'scene=admin&part=admin&open=c6',
  'scene=admin&part=admin&open=c1&details',
  'scene=away&part=admin&open=c1',
  'scene=page&part=widget',
  'scene=page&part=widget&product&back',
  'scene=page&part=widget&product',
  'scene=empty&part=widget&product&back',
  'scene=error&part=widget',
  ...['offers', 'offers-ended', 'offers-supplier', 'request', 'offer-form', 'offer-counter'].map(
    (scene) => `scene=${scene}&open=c1`,
  ),
  'scene=offers',
  'scene=requests&part=answers',
  'scene=requests-closed&part=answers',
  'scene=requests&part=ask',
  'scene=reports&part=reports',
];

const screens = [
  [320, 640],
  [375, 812],
  [768, 1024],
  [1280, 800],
  // A laptop at 400 % zoom.
  [320, 200],
] as const;

it.each([
  ['English', ''],
  ['long words', '&long'],
  ['Arabic', '&lang=ar'],
])('no text is cut off in %s, on any screen', async (_language, words) => {
  const page = await catalogue.blank();
  const cut = new Map<string, string>();
  for (const state of states) {
    await catalogue.goto(page, state + words);
    await page.locator('button:visible').first().waitFor();
    for (const [width, height] of screens) {
      await page.setViewportSize({ width, height });
      await frames(page, 4);
      for (const text of await clippedTexts(page)) cut.set(text, `${state} ${width} × ${height}`);
    }
  }
  expect(Object.fromEntries(cut)).toEqual({});
});
