import { describe, it } from 'vitest';
import { expectAccessible } from '../support/axe.ts';
import { phone } from '../support/phone.ts';
import { catalogueForTests } from './catalogue.ts';

const catalogue = catalogueForTests();

const inThread = [
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
  ...inThread.map((scene) => `scene=${scene}&open=c1`),
  'scene=page',
  'scene=empty',
  'scene=fresh&open=c8',
  'scene=admin&part=admin&open=c6',
  'scene=admin&part=admin&open=c1&details',
  'scene=away&part=admin&open=c1',
  'scene=page&part=widget',
  'scene=page&part=widget&product',
  'scene=page&part=widget&closed',
];

describe.each([
  ['light', 'theme=light', {}],
  ['dark', 'theme=dark', {}],
  ['right to left', 'theme=light&lang=ar', {}],
  ['on a phone, light', 'theme=light', phone],
  ['on a phone, dark', 'theme=dark', phone],
])('%s', (_name, look, options) => {
  it.each(states)('axe finds nothing in %s', async (state) => {
    await expectAccessible(await catalogue.open(`${state}&${look}`, options));
  });
});
