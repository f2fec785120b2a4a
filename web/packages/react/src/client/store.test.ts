import { expect, it, vi } from 'vitest';
import { createSignal, createStore } from './store.ts';

it('one listener that fails keeps none of the others from hearing, and its error is told', () => {
  const told = vi.fn();
  vi.stubGlobal('reportError', told);
  const failure = new Error('a part of the page is broken');
  const fails = () => {
    throw failure;
  };
  const [signal, store, hears] = [createSignal<string>(), createStore(1), vi.fn()];
  signal.subscribe(fails);
  signal.subscribe(hears);
  store.subscribe(fails);
  store.subscribe(() => hears(store.get()));
  signal.emit('a frame');
  store.set(2);
  expect(hears.mock.calls).toEqual([['a frame'], [2]]);
  expect(told.mock.calls).toEqual([[failure], [failure]]);
});
