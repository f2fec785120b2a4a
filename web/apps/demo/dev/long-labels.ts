import type { Labels } from '@kit/labels/index.ts';

/** Words as long as a language with long words has them: half as long again, and joined where they were apart. */
export function lengthen(labels: Labels): Labels {
  return { ...(longer(labels) as Labels), locale: 'de-DE', direction: labels.direction };
}

function longer(value: unknown): unknown {
  if (typeof value === 'string') return longerText(value);
  if (typeof value === 'function') return (...given: unknown[]) => longer(value(...given));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, longer(each)]));
}

/** Every second space goes, and the longest word grows. */
function longerText(text: string): string {
  const words = text.split(' ');
  const longest = words.reduce((one, other) => (other.length > one.length ? other : one), '');
  const grown = words.map((word) => (word === longest ? `${word}sangelegenheit` : word));
  return grown.map((word, at) => (at === 0 ? word : `${at % 2 === 0 ? ' ' : ''}${word}`)).join('');
}
