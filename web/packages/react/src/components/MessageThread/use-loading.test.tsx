import { act, cleanup, renderHook } from '@testing-library/react';
import { useCallback, useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useLoading } from './use-loading.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const noNewer = { hasNewer: false, isLoadingNewer: false, loadNewer: async () => undefined };

/** A thread at its top, whose server answers as `ask` does. */
function atTop(ask: () => Promise<void>) {
  return renderHook(() => {
    const [isLoadingOlder, setLoading] = useState(false);
    const loadOlder = useCallback(async () => {
      setLoading(true);
      try {
        await ask();
      } finally {
        setLoading(false);
      }
    }, []);
    useLoading([{ index: 0 }], 50, { ...noNewer, hasOlder: true, isLoadingOlder, loadOlder });
  });
}

/** In small steps: what an effect plans is planned when its step ends. */
async function pass(milliseconds: number): Promise<void> {
  for (let at = 0; at < milliseconds; at += 100) await act(() => vi.advanceTimersByTimeAsync(100));
}

it('asks a server that fails with growing pauses, and at once again when it has answered', async () => {
  const times: number[] = [];
  const start = Date.now();
  let isDown = true;
  atTop(async () => {
    times.push(Math.round((Date.now() - start) / 1000));
    if (isDown) throw new Error('away');
    await new Promise((done) => setTimeout(done, 4_000));
  });
  await pass(20_000);
  expect(times).toEqual([0, 1, 3, 7, 15]);
  isDown = false;
  await pass(21_500);
  expect(times.slice(5)).toEqual([31, 35, 39]);
});
