import { expect, it } from 'vitest';
import { admin, buyer, conversation, mara } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { Names } from './Names.tsx';

it.each([
  ['the other side', buyer, conversation(), 'Anatolia Textiles'],
  ['both sides, for an administrator', admin, conversation(), 'Mara Lindqvist · Anatolia Textiles'],
  [
    'the topic, while nobody has taken it',
    buyer,
    conversation({ type: 'support', participants: { buyer: mara } }),
    'Support',
  ],
])('names %s', (_who, me, given, words) => {
  const { container } = show({}, <Names conversation={given} me={me} />);
  expect(container.textContent).toBe(words);
});
