import { describe, expect, it } from 'vitest';
import { arabic } from './ar.ts';
import { english } from './en.ts';
import { formatOf } from './format.ts';
import { defineLabels, type Labels } from './labels.ts';

const words = (labels: Labels) =>
  Object.entries(labels).flatMap(([group, value]) =>
    typeof value === 'object' ? Object.keys(value).map((word) => `${group}.${word}`) : [group],
  );

describe('the labels', () => {
  it('say everything in both languages', () => {
    expect(words(arabic).sort()).toEqual(words(english).sort());
  });

  it('repeat what somebody said with what they did', () => {
    // Nobody did it.
    for (const { message } of [english, arabic])
      for (const [event, say] of Object.entries(message.happened))
        if (event !== 'offer_expired') {
          expect(say('Bea', 'Another one is nearer.')).toMatch(/Bea.*: Another one is nearer\.$/);
          expect(say('Bea', null)).not.toMatch(/:|null/);
        }
  });

  it('count as each language counts', () => {
    expect([1, 2].map(english.list.unread)).toEqual(['1 unread message', '2 unread messages']);
    expect(new Set([1, 2, 3, 11].map(arabic.list.unread)).size).toBe(4);
  });

  it('can be replaced one by one', () => {
    const ours = defineLabels(english, { list: { title: 'Inbox' } });
    expect(ours.list.title).toBe('Inbox');
    expect(ours.list.search).toBe(english.list.search);
  });
});

describe('dates', () => {
  const format = formatOf('en');
  const now = new Date(2026, 2, 4, 9, 30);

  it('shrink with their distance in a list', () => {
    const stamps = [
      new Date(2026, 2, 4, 8, 5),
      new Date(2026, 2, 2, 8),
      new Date(2026, 0, 9),
      new Date(2025, 0, 9),
    ];
    expect(stamps.map((at) => format.stamp(at, now))).toEqual(['8:05 AM', 'Mon', 'Jan 9', 'Jan 9, 2025']);
  });

  it('are written as the reader writes them, whatever the labels say', () => {
    const afternoon = new Date(2026, 2, 4, 17, 5);
    const time = (labels: string, ...readers: string[]) => formatOf(labels, readers).time(afternoon);
    expect(time('en', 'en-GB', 'en')).toBe('17:05');
    const early = (...readers: string[]) => formatOf('en', readers).time(new Date(2026, 0, 9, 2, 50));
    expect(['en-GB', 'de-DE', 'fa', 'en-US', 'hi'].map((reader) => early(reader))).toEqual([
      '02:50',
      '02:50',
      '02:50',
      '2:50 AM',
      '2:50 AM',
    ]);
    expect(time('en', 'de-DE', 'en-US')).toBe('17:05');
    expect(time('en', 'en-US')).toBe('5:05 PM');
    expect(time('de-DE', 'en-US')).toMatch(/^5:05/);
    expect(time('ar', 'en-GB')).not.toMatch(/م/);
    expect(time('en', 'not a locale at all', 'fr-FR')).toBe('17:05');
    expect(formatOf('en', ['en-GB']).stamp(new Date(2026, 0, 9), now)).toBe('9 Jan');
  });

  it('round a wait up to a unit that people use', () => {
    expect([0, 24_000, 696_000, 7_200_000].map(format.duration)).toEqual([
      '1 second',
      '24 seconds',
      '12 minutes',
      '2 hours',
    ]);
  });

  it('name today and yesterday', () => {
    expect(format.day(new Date(2026, 2, 4), now)).toBe('Today');
    expect(format.day(new Date(2026, 2, 3, 23, 59), now)).toBe('Yesterday');
  });

  it('tell how long ago something was', () => {
    expect(format.ago(new Date(2026, 2, 4, 9, 5), now)).toBe('25 minutes ago');
    expect(format.ago(new Date(2026, 2, 2, 9, 30), now)).toBe('2 days ago');
  });

  it('write sizes in the unit that reads best', () => {
    const sizes = [1, 192, 900, 38_400, 999_999, 1_204_888];
    expect(sizes.map(format.size)).toEqual(['1 byte', '192 bytes', '900 bytes', '38 kB', '1 MB', '1.2 MB']);
    expect(formatOf('de').size(192)).toBe('192 Byte');
    expect(formatOf('ar').size(192)).toMatch(/بايت/);
  });

  it('call a limit what the server\u2019s setting calls it', () => {
    expect([25 * 1024 * 1024, 1_572_864, 512 * 1024].map(format.sizeLimit)).toEqual([
      '25 MB',
      '1.5 MB',
      '512 kB',
    ]);
  });
});
