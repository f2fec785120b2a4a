import { cleanup, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useBack } from './use-back.ts';

/** jsdom moves through its history some time later, as browsers do. */
const moved = () =>
  new Promise<void>((done) => window.addEventListener('popstate', () => done(), { once: true }));
async function back(): Promise<void> {
  const arrived = moved();
  history.back();
  await arrived;
}
const layer = (isActive: boolean, onBack: () => void) =>
  renderHook(({ active }) => useBack(active, onBack), { initialProps: { active: isActive } });

beforeEach(() => history.pushState({ page: 'shop' }, '', '/shop'));
afterEach(cleanup);

it('Back closes what lies over the page, and leaves the page where it is', async () => {
  const onBack = vi.fn();
  layer(true, onBack);
  expect(history.state).toMatchObject({ page: 'shop' });
  await back();
  expect(onBack).toHaveBeenCalledOnce();
  expect(history.state).toEqual({ page: 'shop' });
  expect(location.pathname).toBe('/shop');
});

it('Back takes the newest of two', async () => {
  const [outer, inner] = [vi.fn(), vi.fn()];
  layer(true, outer);
  layer(true, inner);
  await back();
  expect([outer.mock.calls.length, inner.mock.calls.length]).toEqual([0, 1]);
  await back();
  expect(outer).toHaveBeenCalledOnce();
});

it('what is closed by other means leaves no entry behind', async () => {
  const onBack = vi.fn();
  const { rerender } = layer(true, onBack);
  const arrived = moved();
  rerender({ active: false });
  await arrived;
  expect(history.state).toEqual({ page: 'shop' });
  expect(onBack).not.toHaveBeenCalled();
});

it('two that are closed together leave no entry behind', async () => {
  const [outer, inner] = [layer(true, vi.fn()), layer(true, vi.fn())];
  const arrived = moved();
  outer.rerender({ active: false });
  inner.rerender({ active: false });
  await arrived;
  await waitFor(() => expect(history.state).toEqual({ page: 'shop' }));
});

it('a page that has gone on is not taken back', async () => {
  const { rerender } = layer(true, vi.fn());
  history.pushState({ page: 'basket' }, '', '/basket');
  rerender({ active: false });
  await new Promise((done) => setTimeout(done));
  expect(location.pathname).toBe('/basket');
});

it('one that is closed and opened in the same moment has one entry', async () => {
  const onBack = vi.fn();
  const before = history.length;
  const { rerender } = layer(true, onBack);
  rerender({ active: false });
  rerender({ active: true });
  expect(history.length).toBe(before + 1);
  await back();
  expect(onBack).toHaveBeenCalledOnce();
});

it('where history is forbidden nothing breaks', () => {
  vi.spyOn(history, 'pushState').mockImplementation(() => {
    throw new DOMException('no', 'SecurityError');
  });
  expect(() => layer(true, vi.fn()).unmount()).not.toThrow();
});

it('after a reload one Back leaves, whatever had lain over the page', async () => {
  const arrived = moved();
  history.pushState({ page: 'shop', haggleLayer: '1-1' }, '');
  history.pushState({ page: 'shop', haggleLayer: '1-2' }, '');
  layer(false, vi.fn());
  await arrived;
  await waitFor(() => expect(history.state).toEqual({ page: 'shop' }));
});

it('what is open again right after a reload takes the entry that it had', async () => {
  history.pushState({ page: 'shop', haggleLayer: '1-1' }, '');
  const before = history.length;
  const onBack = vi.fn();
  layer(true, onBack);
  expect(history.length).toBe(before);
  await back();
  expect(onBack).toHaveBeenCalledOnce();
  expect(history.state).toEqual({ page: 'shop' });
});
