// @vitest-environment node
import { expect, it } from 'vitest';
import type { ServerFrame } from '../client/frames.ts';
import { flawOf } from './frames-described.ts';
import { createModelServer } from './model-server.ts';

it('says frames as the document describes them, whole', () => {
  const model = createModelServer(() => 1_700_000_000_000, 1);
  model.addUser('bea', 'buyer');
  model.addUser('bob', 'supplier');
  model.addUser('ada', 'admin');
  const frames: ServerFrame[] = [];
  for (const user of ['bea', 'bob', 'ada']) model.listen(user, (frame) => frames.push(frame));
  const { id } = model.open('bea', { supplierId: 'bob', productId: 'ball-bearing' });
  model.send('bea', id, { content: 'Hello', clientMessageId: 'k1' });
  model.markRead('bob', id);
  model.join('ada', id);
  model.leave('ada', id);
  model.typing('bob', id, true);
  model.setOnline('bob', true);
  model.setOnline('bob', false);
  frames.push(...model.missedSince('bob', { [id]: { seq: 0, rev: 1 } }));
  model.send('bea', id, { content: 'Still there?', clientMessageId: null });
  frames.push(...model.missedSince('bob', { [id]: { seq: 0, rev: 1 } }));
  const terms = {
    items: [{ name: 'Bolts', quantity: '500', unit: 'pcs', unitPrice: '1.20' }],
    currency: 'EUR',
    validUntil: '2099-01-01T00:00:00.000Z',
  };
  model.offer('bob', id, { terms, clientMessageId: 'k3' });
  const counter = model.offer('bea', id, { terms, clientMessageId: 'k4', counters: 'o1' });
  model.answer('bob', id, counter.offer.id, 'accept', 1);

  expect(frames.map(flawOf).filter((flaw) => flaw !== null)).toEqual([]);
  expect(new Set(frames.map(({ type }) => type))).toEqual(
    new Set([
      'conversation_updated',
      'message',
      'read',
      'typing',
      'online_status',
      'reset',
      'message_updated',
    ]),
  );
});
