import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFakeBrowser, type FakeBrowser, type FakeTab } from '../../testing/fake-browser.ts';
import { HaggleError } from '../errors.ts';
import { limits } from '../limits.ts';
import { defaultServerLimits } from '../server-limits.ts';
import type { FileInfo } from '../types.ts';
import type { UploadFile } from '../upload.ts';
import { createDraftUploads, type DraftUploads } from './draft-uploads.ts';
import { isTemporary, type Upload } from './upload.ts';

/** Uploads that a test finishes by hand, over all tabs. */
interface Running {
  name: string;
  finish: (as?: Partial<FileInfo>) => void;
  fail: (error: HaggleError) => void;
  isCancelled: () => boolean;
}

let browser: FakeBrowser;
let running: Running[];
let now: number;
let opened: DraftUploads[];

beforeEach(() => {
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL: () => {} }));
  localStorage.clear();
  browser = createFakeBrowser({ openSocket: () => ({}) as WebSocket });
  running = [];
  opened = [];
  now = 1_000_000;
});
afterEach(() => {
  for (const uploads of opened) uploads.stop();
});

const upload: UploadFile = (file, { signal }) =>
  new Promise((resolve, reject) => {
    const stored = { id: `id of ${file.name}`, name: file.name, type: file.type, size: file.size, url: '/f' };
    running.push({
      name: file.name,
      finish: (as) => resolve({ ...stored, ...as } as FileInfo),
      fail: reject,
      isCancelled: () => signal.aborted,
    });
    signal.addEventListener('abort', () => reject(new HaggleError('aborted', 'cancelled')));
  });

interface Opened {
  tab: FakeTab;
  uploads: DraftUploads;
  end: () => void;
}

function openPage(user: string | null = 'bea'): Opened {
  const tab = browser.openTab();
  const { newId, locks } = tab.environment;
  const environment = { newId, locks, now: () => now };
  const uploads = createDraftUploads({ environment, upload, limits: () => defaultServerLimits });
  opened.push(uploads);
  uploads.start();
  uploads.use(user);
  return {
    tab,
    uploads,
    end: () => {
      uploads.stop();
      tab.kill();
    },
  };
}

const fileOf = (name: string, size = 5) => new File(['x'.repeat(size)], name, { type: 'text/plain' });
const states = (uploads: DraftUploads, draft = 'c1') =>
  uploads
    .of(draft)
    .uploads.get()
    .map(
      (one: Upload) => `${one.name} ${one.status}${typeof one.problem === 'string' ? ` ${one.problem}` : ''}`,
    );

/** As the browser tells the other tabs of an entry. */
function tellOthers(): void {
  for (const key of Object.keys(localStorage)) {
    window.dispatchEvent(new StorageEvent('storage', { key, newValue: localStorage.getItem(key) }));
  }
}

it('files stay with their draft when another conversation is opened, running ones included', async () => {
  const { uploads } = openPage();
  uploads.of('c1').add([fileOf('a.txt')]);
  uploads.of('c2').add([fileOf('b.txt')]);
  running[0]?.finish();
  await vi.waitFor(() => expect(states(uploads)).toEqual(['a.txt done']));
  expect(states(uploads, 'c2')).toEqual(['b.txt uploading']);
  expect(running[1]?.isCancelled()).toBe(false);
});

it('a finished file is still attached after a reload', async () => {
  const { uploads, end } = openPage();
  uploads.of('c1').add([fileOf('a.txt')]);
  running[0]?.finish();
  await vi.waitFor(() => expect(states(uploads)).toEqual(['a.txt done']));
  end();
  const reloaded = openPage().uploads;
  expect(states(reloaded)).toEqual(['a.txt done']);
  expect(reloaded.of('c1').uploads.get()[0]?.file?.id).toBe('id of a.txt');
  expect(states(openPage('bob').uploads)).toEqual([]);
});

it('files are in the order they were chosen after a reload, whichever was uploaded first', async () => {
  const { uploads, end } = openPage();
  uploads.of('c1').add(['1.txt', '2.txt', '3.txt'].map((name) => fileOf(name)));
  for (const at of [2, 0, 1]) {
    now += 1_000;
    running[at]?.finish();
    await vi.waitFor(() => expect(states(uploads)[at]).toMatch(/done/));
  }
  end();
  expect(states(openPage().uploads)).toEqual(['1.txt done', '2.txt done', '3.txt done']);
});

it('a file whose bytes the browser has not kept is named, with what to do', async () => {
  const { uploads, end } = openPage();
  uploads.of('c1').add([fileOf('a.txt')]);
  end();
  const reloaded = openPage().uploads;
  await vi.waitFor(() => expect(states(reloaded)).toEqual(['a.txt failed lost']));
});

it('a file that waits unsent for a day is said to be gone', async () => {
  const { uploads, end } = openPage();
  uploads.of('c1').add([fileOf('a.txt')]);
  running[0]?.finish();
  await vi.waitFor(() => expect(states(uploads)).toEqual(['a.txt done']));
  end();
  now += limits.unsentUploadMs + 1;
  const reloaded = openPage().uploads;
  expect(states(reloaded)).toEqual(['a.txt failed expired']);
});

it('a file that waits unsent for a day is uploaded again while it is at hand', async () => {
  const { uploads } = openPage();
  uploads.of('c1').add([fileOf('a.txt')]);
  running[0]?.finish();
  await vi.waitFor(() => expect(states(uploads)).toEqual(['a.txt done']));
  expect(uploads.of('c1').expire()).toBe(false);
  now += limits.unsentUploadMs + 1;
  expect(uploads.of('c1').expire()).toBe(true);
  expect(states(uploads)).toEqual(['a.txt uploading']);
});

it('what was chosen before anybody was known survives too', async () => {
  const { uploads, end } = openPage(null);
  uploads.of('c1').add([fileOf('a.txt')]);
  running[0]?.finish();
  await vi.waitFor(() => expect(states(uploads)).toEqual(['a.txt done']));
  uploads.use('bea');
  expect(states(uploads)).toEqual(['a.txt done']);
  end();
  expect(states(openPage().uploads)).toEqual(['a.txt done']);
});

it('after sending nothing is left behind', async () => {
  const { uploads, end } = openPage();
  uploads.of('c1').add([fileOf('a.txt')]);
  running[0]?.finish();
  await vi.waitFor(() => expect(states(uploads)).toEqual(['a.txt done']));
  uploads.of('c1').clear();
  end();
  expect(states(openPage().uploads)).toEqual([]);
  expect(localStorage.length).toBe(0);
});

describe('in two tabs', () => {
  it('a file is uploaded once, and attached in both when it is there', async () => {
    const first = openPage();
    first.uploads.of('c1').add([fileOf('a.txt')]);
    const second = openPage();
    expect(running).toHaveLength(1);
    running[0]?.finish();
    await vi.waitFor(() => expect(states(first.uploads)).toEqual(['a.txt done']));
    tellOthers();
    expect(states(second.uploads)).toEqual(['a.txt done']);
  });

  it('what one has sent is not attached any more in the other', async () => {
    const first = openPage();
    first.uploads.of('c1').add([fileOf('a.txt')]);
    running[0]?.finish();
    await vi.waitFor(() => expect(states(first.uploads)).toEqual(['a.txt done']));
    const second = openPage();
    const [key] = Object.keys(localStorage);
    first.uploads.of('c1').clear();
    window.dispatchEvent(new StorageEvent('storage', { key: key ?? null, newValue: null }));
    expect(states(second.uploads)).toEqual([]);
  });

  it('one goes on with what the other was uploading when it ended', async () => {
    const first = openPage();
    first.uploads.of('c1').add([fileOf('a.txt')]);
    const second = openPage();
    first.tab.kill();
    await vi.waitFor(() => expect(states(second.uploads)).toEqual(['a.txt failed lost']));
  });
});

describe('the queue', () => {
  it('refuses each file with its own reason and keeps the others', () => {
    const { uploads } = openPage();
    const big = fileOf('big.pdf');
    Object.defineProperty(big, 'size', { value: defaultServerLimits.attachmentBytes + 1 });
    uploads.of('c1').add([fileOf('a.txt'), big, fileOf('empty.txt', 0), fileOf('b.txt')]);
    uploads.of('c1').refuseFolders(['drawings']);
    expect(states(uploads)).toEqual([
      'a.txt uploading',
      'big.pdf failed too-large',
      'empty.txt failed empty',
      'b.txt uploading',
      'drawings failed folder',
    ]);
  });

  it('takes a file that was one too many when a place becomes free', () => {
    const { uploads } = openPage();
    const many = Array.from({ length: 11 }, (_, at) => fileOf(`${at}.txt`));
    uploads.of('c1').add(many);
    expect(states(uploads).at(-1)).toBe('10.txt failed too-many');
    uploads.of('c1').remove(uploads.of('c1').uploads.get()[0]?.key ?? '');
    expect(states(uploads).at(-1)).toBe('10.txt waiting');
  });

  it('counts what it does not even list', () => {
    const { uploads } = openPage();
    uploads.of('c1').add(Array.from({ length: limits.chosenFiles + 7 }, (_, at) => fileOf(`${at}.txt`)));
    expect(uploads.of('c1').uploads.get()).toHaveLength(limits.chosenFiles);
    expect(uploads.of('c1').leftOut.get()).toBe(7);
    uploads.of('c1').removeRefused();
    expect(uploads.of('c1').uploads.get()).toHaveLength(10);
    expect(uploads.of('c1').leftOut.get()).toBe(0);
  });

  it('has as many under way as the server lets one person, over all drafts', () => {
    const { uploads } = openPage();
    uploads.of('c1').add([fileOf('1.txt'), fileOf('2.txt')]);
    uploads.of('c2').add([fileOf('3.txt'), fileOf('4.txt')]);
    expect(running.map((one) => one.name)).toEqual(['1.txt', '2.txt', '3.txt']);
  });

  it('tries again by itself when the network is back', async () => {
    const { uploads } = openPage();
    uploads.of('c1').add([fileOf('a.txt')]);
    running[0]?.fail(new HaggleError('network', 'gone'));
    await vi.waitFor(() => expect(states(uploads)).toEqual(['a.txt failed']));
    uploads.wake();
    expect(states(uploads)).toEqual(['a.txt uploading']);
  });

  it('does not try again what the server has refused', async () => {
    const { uploads } = openPage();
    uploads.of('c1').add([fileOf('a.exe')]);
    running[0]?.fail(new HaggleError('refused', 'no', { status: 415 }));
    await vi.waitFor(() => expect(states(uploads)).toEqual(['a.exe failed']));
    uploads.wake();
    expect(states(uploads)).toEqual(['a.exe failed']);
  });
});

it('files that were refused are still there after a reload, each with its reason', async () => {
  const { uploads, end } = openPage();
  const queue = uploads.of('c1');
  queue.add([fileOf('empty.pdf', 0), fileOf('evil.exe'), fileOf('good.txt')]);
  queue.refuseFolders(['drawings']);
  const why = new HaggleError('refused', 'Not of a kind that can be sent', { status: 415 });
  running.find(({ name }) => name === 'evil.exe')?.fail(why);
  running.find(({ name }) => name === 'good.txt')?.finish();
  const before = ['empty.pdf failed empty', 'evil.exe failed', 'good.txt done', 'drawings failed folder'];
  await vi.waitFor(() => expect(states(uploads)).toEqual(before));
  end();
  const { uploads: reloaded } = openPage();
  await vi.waitFor(() => expect(states(reloaded)).toEqual(before));
  const problem = reloaded.of('c1').uploads.get()[1]?.problem;
  expect(problem).toMatchObject({ status: 415, kind: 'refused', message: why.message });
  expect(reloaded.of('c1').uploads.get()[1]).toSatisfy((one: Upload) => !isTemporary(one));
  reloaded.of('c1').removeRefused();
  expect(states(reloaded)).toEqual(['good.txt done']);
  await vi.waitFor(() => expect(states(openPage().uploads)).toEqual(['good.txt done']));
});

it('an upload that found no server is tried again by itself', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { uploads } = openPage();
  uploads.of('c1').add([fileOf('a.txt')]);
  running[0]?.fail(new HaggleError('network', 'The server could not be reached'));
  await vi.advanceTimersByTimeAsync(0);
  expect(states(uploads)).toEqual(['a.txt failed']);
  await vi.advanceTimersByTimeAsync(limits.backoffLongestMs);
  expect(states(uploads)).toEqual(['a.txt uploading']);
  running[1]?.finish();
  await vi.advanceTimersByTimeAsync(0);
  expect(states(uploads)).toEqual(['a.txt done']);
});
