import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDrafts } from './drafts.ts';
import { limits } from './limits.ts';

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
});

it('survive a reload, each user for themselves', () => {
  const drafts = createDrafts();
  drafts.use('bea');
  drafts.set('c1', 'half a sen');
  vi.runAllTimers();
  const reloaded = createDrafts();
  reloaded.use('bob');
  expect(reloaded.texts.get().size).toBe(0);
  reloaded.use('bea');
  expect([...reloaded.texts.get()]).toEqual([['c1', 'half a sen']]);
});

it('are written before the page goes away', () => {
  const drafts = createDrafts();
  drafts.start();
  drafts.use('bea');
  drafts.set('c1', 'quick');
  window.dispatchEvent(new Event('pagehide'));
  expect(localStorage.getItem('haggle:drafts:bea')).toContain('quick');
  drafts.stop();
});

it('of an empty text there is none', () => {
  const drafts = createDrafts();
  drafts.set('c1', 'text');
  drafts.set('c1', ' \n');
  expect(drafts.texts.get().size).toBe(0);
});

it('follow other tabs, except while somebody types here', () => {
  const drafts = createDrafts();
  drafts.start();
  drafts.use('bea');
  const say = (text: string) =>
    window.dispatchEvent(
      new StorageEvent('storage', { key: 'haggle:drafts:bea', newValue: JSON.stringify([['c1', text]]) }),
    );
  say('from elsewhere');
  expect(drafts.texts.get().get('c1')).toBe('from elsewhere');
  drafts.set('c1', 'typed here');
  say('late');
  expect(drafts.texts.get().get('c1')).toBe('typed here');
  drafts.stop();
});

it('are bounded: the oldest goes first', () => {
  const drafts = createDrafts();
  for (let at = 0; at <= limits.drafts; at += 1) drafts.set(`c${at}`, 'x'.repeat(limits.draftCharacters + 1));
  expect(drafts.texts.get().size).toBe(limits.drafts);
  expect(drafts.texts.get().has('c0')).toBe(false);
  expect(drafts.texts.get().get('c1')).toHaveLength(limits.draftCharacters);
});

it('survive a storage with nonsense in it', () => {
  localStorage.setItem('haggle:drafts:bea', '{broken');
  const drafts = createDrafts();
  drafts.use('bea');
  expect(drafts.texts.get().size).toBe(0);
});
