// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const tokens = new Map<string, [string, string]>();
const sheet = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
for (const [, name = '', light = '', dark = ''] of sheet.matchAll(
  /--haggle-([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g,
)) {
  tokens.set(name, [light, dark]);
}
const avatars = readFileSync(new URL('../components/Avatar/Avatar.module.css', import.meta.url), 'utf8');
const pairs = [
  ...avatars.matchAll(/light-dark\((#\w{6}), (#\w{6})\);\s*color: light-dark\((#\w{6}), (#\w{6})\)/g),
];

const text: [ink: string, paper: string][] = [
  ...['surface', 'surface-sunken', 'surface-hover', 'surface-selected', 'surface-raised'].flatMap(
    (paper): [string, string][] => [
      ['text', paper],
      ['text-muted', paper],
      ['accent', paper],
    ],
  ),
  ['on-accent', 'accent'],
  ['bubble-own-text', 'bubble-own'],
  ['bubble-own-muted', 'bubble-own'],
  ['accent', 'bubble-own'],
  ['bubble-other-muted', 'bubble-other'],
  ['text', 'bubble-other'],
  ['danger', 'surface'],
  ['danger', 'danger-surface'],
  ['text', 'danger-surface'],
  ['text-inverse', 'danger'],
  ['warning', 'warning-surface'],
  ['warning', 'surface'],
];

it.each(text)('%s can be read on %s, light and dark', (ink, paper) => {
  for (const theme of [0, 1] as const) {
    expect(contrast(tokens.get(ink)?.[theme], tokens.get(paper)?.[theme])).toBeGreaterThanOrEqual(4.5);
  }
});

it('the edge of a field and the online dot stand out', () => {
  for (const theme of [0, 1] as const) {
    for (const mark of ['border-control', 'online']) {
      expect(contrast(tokens.get(mark)?.[theme], tokens.get('surface')?.[theme])).toBeGreaterThanOrEqual(3);
    }
  }
});

it('initials can be read on every colour', () => {
  expect(pairs).toHaveLength(8);
  for (const [, paperLight, paperDark, inkLight, inkDark] of pairs) {
    expect(contrast(inkLight, paperLight)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(inkDark, paperDark)).toBeGreaterThanOrEqual(4.5);
  }
});

/** WCAG 2.2, "contrast ratio". */
function contrast(one = '', other = ''): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
