// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const home = new URL('../', import.meta.url);
const sheets = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.css'),
);
const guard = '@supports (color: light-dark(#fff, #000)) {';

/*
 * What builders rewrite for older browsers, and what then no longer hears of `data-theme` and `dir`: light-dark() outside of a
 * condition on itself, and :dir().
 */
it.each(sheets)('a builder that lowers CSS leaves %s as it is', (path) => {
  const sheet = readFileSync(new URL(path, home), 'utf8').replace(/\/\*.*?\*\//gs, '');
  expect(sheet).not.toMatch(/:dir\(/);
  const [before = '', guarded = '', ...more] = sheet.split(guard);
  expect(more).toEqual([]);
  expect(before).not.toContain('light-dark(');
  // The block ends with the first brace at the beginning of a line.
  expect(guarded.split(/^\}/m).slice(1).join('}')).not.toContain('light-dark(');
});
