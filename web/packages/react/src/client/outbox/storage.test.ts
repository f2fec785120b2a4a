// @vitest-environment node
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { limits } from '../limits.ts';
import type { OutboxItem } from './outbox-state.ts';
import { openOutboxStorage } from './storage.ts';

describe('storage', () => {
  const item = (key: string): OutboxItem => ({
    key,
    conversationId: 'c1',
    text: key,
    files: [],
    writtenAt: 1,
    state: 'queued',
    attempts: 0,
    notBefore: 0,
    problem: null,
  });

  /** As the browser's: its entries are its own properties. */
  function stubLocalStorage(capacity = 100): void {
    const entries: Record<string, string> = {};
    const methods = {
      getItem: (name: string) => entries[name] ?? null,
      setItem: (name: string, value: string) => {
        if (Object.keys(entries).length >= capacity) throw new DOMException('full', 'QuotaExceededError');
        entries[name] = value;
      },
      removeItem: (name: string) => {
        delete entries[name];
      },
    };
    vi.stubGlobal(
      'localStorage',
      new Proxy(methods, {
        ownKeys: () => Object.keys(entries),
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
      }),
    );
  }

  async function holds(): Promise<void> {
    const [bea, bob] = [openOutboxStorage('bea'), openOutboxStorage('bob')];
    await bea.put(item('a'));
    await bea.put(item('b'));
    await bea.put({ ...item('b'), state: 'failed' });
    await bob.put(item('c'));
    await bea.remove('a');
    expect(await openOutboxStorage('bea').load()).toEqual([{ ...item('b'), state: 'failed' }]);
    expect(await bob.load()).toEqual([item('c')]);
  }

  function stubDatabase(): void {
    vi.stubGlobal('indexedDB', new IDBFactory());
    vi.stubGlobal('IDBKeyRange', IDBKeyRange);
  }

  it('has kept a message when `put` returns, each user apart', async () => {
    stubLocalStorage();
    stubDatabase();
    void openOutboxStorage('bea').put(item('a'));
    expect(Object.keys(localStorage)).toEqual(['haggle:outbox:bea:a']);
    localStorage.removeItem('haggle:outbox:bea:a');
    await holds();
  });

  it('goes to IndexedDB when localStorage is full', async () => {
    stubLocalStorage(0);
    stubDatabase();
    await holds();
  });

  const silent = { open: () => ({}) };
  /** It opens, and no transaction in it ever does anything. */
  const stuck = {
    open: () => {
      const request: { result?: unknown; onsuccess?: () => void } = {};
      const quiet = new Proxy({}, { get: () => () => ({}) });
      request.result = { transaction: () => ({ objectStore: () => quiet }) };
      queueMicrotask(() => request.onsuccess?.());
      return request;
    },
  };

  it.each([
    ['opens', silent],
    ['does anything', stuck],
  ])('gives what is at hand when a database never %s', async (_, factory) => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    stubLocalStorage();
    vi.stubGlobal('indexedDB', factory);
    vi.stubGlobal('IDBKeyRange', IDBKeyRange);
    const storage = openOutboxStorage('bea');
    await storage.put(item('a'));
    expect(storage.near()).toEqual([item('a')]);
    const loading = vi.fn();
    void storage.load().then(loading);
    await vi.advanceTimersByTimeAsync(limits.storageTimeoutMs);
    expect(loading).toHaveBeenCalledWith([item('a')]);
  });

  it('reads past nonsense', async () => {
    stubLocalStorage();
    localStorage.setItem('haggle:outbox:bea:a', '{broken');
    expect(await openOutboxStorage('bea').load()).toEqual([]);
  });
});
