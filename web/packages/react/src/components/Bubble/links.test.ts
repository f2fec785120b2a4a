import { expect, it } from 'vitest';
import { partsOf } from './links.ts';

it('links web addresses and leaves the full stop outside', () => {
  expect(partsOf('See https://example.com/a?b=1. Thanks')).toEqual([
    { text: 'See ', href: null },
    { text: 'https://example.com/a?b=1', href: 'https://example.com/a?b=1' },
    { text: '. Thanks', href: null },
  ]);
});

it.each(['javascript:alert(1)', 'data:text/html,x', '<img src=x onerror=alert(1)>', 'M8 < M10 && "5 > 3"'])(
  'leaves %s as text',
  (text) => {
    expect(partsOf(text)).toEqual([{ text, href: null }]);
  },
);
