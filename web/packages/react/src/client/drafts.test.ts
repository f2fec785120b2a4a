import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDrafts } from './drafts.ts';
import { limits } from './limits.ts';

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const entry = (name: string) => `haggle:draft:bea:${name}`;

function draftsOf(user: string | null) {
  const drafts = createDrafts();
  drafts.start();
  drafts.use(user);
  return drafts;
}

/** As the browser tells one tab what another has stored. */
function hear(name: string, newValue: string | null): void {
  window.dispatchEvent(new StorageEvent('storage', { key: entry(name), newValue }));
}

it('survive a reload, each user for themselves', () => {
  const drafts = draftsOf('bea');
  drafts.set('c1', 'half a sen');
  vi.runAllTimers();
  const reloaded = createDrafts();
  reloaded.use('bob');
  expect(reloaded.texts.get().size).toBe(0);
  reloaded.use('bea');
  expect([...reloaded.texts.get()]).toEqual([['c1', 'half a sen']]);
});

it('of users with ids that begin alike are kept apart', () => {
  const drafts = draftsOf('bea:c1');
  drafts.set('c2', 'mine');
  vi.runAllTimers();
  expect(draftsOf('bea').texts.get().size).toBe(0);
});

it('are written before the page goes away', () => {
  const drafts = draftsOf('bea');
  drafts.set('c1', 'quick');
  window.dispatchEvent(new Event('pagehide'));
  expect(localStorage.getItem(entry('c1'))).toBe('quick');
  drafts.stop();
});

it('of an empty text there is none, and space stays while somebody types', () => {
  const drafts = draftsOf('bea');
  drafts.set('c1', ' \n');
  expect(drafts.texts.get().get('c1')).toBe(' \n');
  drafts.set('c1', '');
  vi.runAllTimers();
  expect(drafts.texts.get().size).toBe(0);
  expect(localStorage.length).toBe(0);
});

it('are kept whole however long they are', () => {
  const text = 'x'.repeat(50_000);
  const drafts = draftsOf('bea');
  drafts.set('c1', text);
  vi.runAllTimers();
  expect(draftsOf('bea').texts.get().get('c1')).toBe(text);
});

it('typed before anybody was known go to the first who is', () => {
  const drafts = draftsOf(null);
  drafts.set('c1', 'early');
  drafts.use('bea');
  expect(drafts.texts.get().get('c1')).toBe('early');
  expect(draftsOf('bea').texts.get().get('c1')).toBe('early');
});

it('typed before anybody was known lose nothing of what was stored', () => {
  localStorage.setItem(entry('c1'), 'from last week');
  const drafts = draftsOf(null);
  drafts.set('c1', 'early');
  drafts.use('bea');
  expect(drafts.texts.get().get('c1')).toBe('from last week\nearly');
});

describe('in two tabs', () => {
  it('follow what is typed and sent in the other', () => {
    const drafts = draftsOf('bea');
    hear('c1', 'from elsewhere');
    expect(drafts.texts.get().get('c1')).toBe('from elsewhere');
    hear('c1', null);
    expect(drafts.texts.get().has('c1')).toBe(false);
    drafts.stop();
  });

  it('of other conversations are not overwritten by an older list of them', () => {
    const [one, two] = [draftsOf('bea'), draftsOf('bea')];
    one.set('c1', 'written in the first tab');
    two.set('c2', 'written in the second tab');
    vi.runAllTimers();
    expect(draftsOf('bea').texts.get()).toEqual(
      new Map([
        ['c1', 'written in the first tab'],
        ['c2', 'written in the second tab'],
      ]),
    );
  });

  it('typed at the same time are both kept', () => {
    const drafts = draftsOf('bea');
    drafts.set('c1', 'typed here');
    localStorage.setItem(entry('c1'), 'typed there');
    hear('c1', 'typed there');
    expect(drafts.texts.get().get('c1')).toBe('typed here');
    vi.runAllTimers();
    expect(drafts.texts.get().get('c1')).toBe('typed there\ntyped here');
    expect(localStorage.getItem(entry('c1'))).toBe('typed there\ntyped here');
    drafts.stop();
  });

  it('stay while they are typed when the other tab has sent what was there before', () => {
    const drafts = draftsOf('bea');
    drafts.set('c1', 'a question');
    vi.runAllTimers();
    drafts.set('c1', 'a question, longer');
    localStorage.removeItem(entry('c1'));
    hear('c1', null);
    vi.runAllTimers();
    expect(drafts.texts.get().get('c1')).toBe('a question, longer');
  });
});

describe('where storage fails', () => {
  it('drafts live as long as the page, and it is said that they do', () => {
    vi.stubGlobal('localStorage', undefined);
    const drafts = draftsOf('bea');
    drafts.set('c1', 'text');
    vi.runAllTimers();
    expect(drafts.texts.get().get('c1')).toBe('text');
    expect([...drafts.unkept.get()]).toEqual(['c1']);
    drafts.set('c1', '');
    vi.runAllTimers();
    expect(drafts.unkept.get().size).toBe(0);
  });

  it('drafts that are too long for it stay in the field, and it is said so', () => {
    const drafts = draftsOf('bea');
    const text = 'x'.repeat(limits.draftStorageCharacters + 1);
    drafts.set('c1', 'short');
    drafts.set('c2', text);
    vi.runAllTimers();
    expect(drafts.texts.get().get('c2')).toBe(text);
    expect([...drafts.unkept.get()]).toEqual(['c2']);
    drafts.set('c2', 'short again');
    vi.runAllTimers();
    expect(drafts.unkept.get().size).toBe(0);
  });
});
