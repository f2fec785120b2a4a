import { HaggleError } from '../errors.ts';
import { limits } from '../limits.ts';
import type { ServerLimits } from '../server-limits.ts';
import { createStore, type Store } from '../store.ts';
import type { FileInfo } from '../types.ts';
import type { UploadFile } from '../upload.ts';
import {
  isTemporary,
  problemFrom,
  type Refusal,
  type Upload,
  type UploadProblem,
  type UploadRecord,
} from './upload.ts';

/** The attachments of one message being written. */
export interface UploadQueue {
  uploads: Pick<Store<readonly Upload[]>, 'get' | 'subscribe'>;
  /** How many chosen files are not in the list, because there were far too many. */
  leftOut: Pick<Store<number>, 'get' | 'subscribe'>;
  add: (files: Iterable<File>) => void;
  /** Folders cannot be sent; each is named with its reason. */
  refuseFolders: (names: Iterable<string>) => void;
  retry: (key: string) => void;
  remove: (key: string) => void;
  /** Takes out what cannot be sent, whatever one does. */
  removeRefused: () => void;
  /** After sending. */
  clear: () => void;
  /** Looks for uploads that the server has removed by now; true if there is one. */
  expire: () => boolean;

  /** The rest is for whoever keeps the queues. */
  restore: (
    key: string,
    about: Pick<UploadRecord, 'name' | 'size' | 'at' | 'place' | 'refused'>,
    from: FileInfo | File | null,
  ) => void;
  /** Another tab has sent it or taken it out. */
  drop: (key: string) => void;
  /** Tries again what failed for want of a network. */
  wake: () => void;
  pump: () => void;
  /** Forgets everything here; what is stored stays. */
  reset: () => void;
}

/** Keeps what was chosen over a reload. */
export interface UploadKeeper {
  /** `source` while it is not uploaded yet. */
  keep: (upload: Upload, times: Pick<UploadRecord, 'at' | 'place'>, source: File | null) => void;
  forget: (key: string) => void;
}

/** How many may be under way at once, over all drafts. */
interface UploadSlots {
  take: () => boolean;
  /** Others may go on then. */
  giveBack: () => void;
}

export interface UploadQueueDependencies {
  upload: UploadFile;
  newId: () => string;
  now: () => number;
  limits: () => ServerLimits;
  keeper: UploadKeeper;
  slots: UploadSlots;
}

interface Source {
  /** Null for what an earlier page has uploaded. */
  file: File | null;
  cancel: AbortController;
  at: number;
  place: number;
  attempts: number;
}

/** Some at a time, in the order they were added. */
export function createUploadQueue(dependencies: UploadQueueDependencies): UploadQueue {
  const { upload, newId, now, keeper, slots } = dependencies;
  const store = createStore<readonly Upload[]>([]);
  const leftOut = createStore(0);
  const sources = new Map<string, Source>();
  let lastPlace = 0;

  const find = (key: string) => store.get().find((one) => one.key === key);
  const change = (key: string, edit: Partial<Upload>) =>
    store.set(store.get().map((one) => (one.key === key ? { ...one, ...edit } : one)));

  function nextPlace(): number {
    lastPlace = Math.max(now(), lastPlace + 1);
    return lastPlace;
  }

  const placeOf = ({ key }: Upload) => sources.get(key)?.place ?? lastPlace;

  function pump(): void {
    for (const next of store.get()) {
      if (next.status !== 'waiting') continue;
      if (!slots.take()) return;
      void run(next.key);
    }
  }

  async function run(key: string): Promise<void> {
    const source = sources.get(key);
    const { signal } = source?.cancel ?? {};
    try {
      if (source?.file == null || signal === undefined) return;
      change(key, { status: 'uploading', progress: 0, problem: null });
      source.attempts += 1;
      const onProgress = (progress: number) => change(key, { progress });
      const file = await upload(source.file, { signal, onProgress });
      if (signal.aborted) return;
      source.at = now();
      change(key, { status: 'done', progress: 1, file });
      const done = find(key);
      if (done !== undefined) keeper.keep(done, source, null);
    } catch (error) {
      if (source === undefined || signal?.aborted) return;
      fail(key, source, error instanceof HaggleError ? error : new HaggleError('server', 'Unexpected error'));
    } finally {
      slots.giveBack();
    }
  }

  function fail(key: string, source: Source, problem: HaggleError): void {
    change(key, { status: 'failed', problem });
    const failed = find(key);
    if (!problem.isTemporary && failed !== undefined) keeper.keep(failed, source, null);
    // The server says itself when there is room again; of one that is away nobody may say when it is back.
    if (!problem.isTemporary || source.attempts >= limits.uploadAttempts) return;
    setTimeout(() => sources.get(key) === source && retry(key), problem.retryAfterMs ?? pauseMs(source));
  }

  function retry(key: string): void {
    const failed = find(key);
    if (failed?.status !== 'failed' || !isTemporary(failed)) return;
    change(key, { status: 'waiting', problem: null });
    pump();
  }

  const countTaken = () => store.get().filter((one) => typeof one.problem !== 'string').length;

  function enter(file: File): void {
    const key = newId();
    const { attachmentBytes, attachmentsPerMessage } = dependencies.limits();
    const problem =
      refusalOf(file, attachmentBytes) ?? (countTaken() >= attachmentsPerMessage ? 'too-many' : null);
    const times = { at: now(), place: nextPlace() };
    sources.set(key, { ...times, file, cancel: new AbortController(), attempts: 0 });
    const entry = entryOf(key, file, problem);
    store.set([...store.get(), entry]);
    // The bytes of one that is too many are wanted when there is room for it.
    keeper.keep(entry, times, problem === null || problem === 'too-many' ? file : null);
  }

  function enterFolder(name: string): void {
    const times = { at: now(), place: nextPlace() };
    const entry = entryOf(newId(), { name, size: 0 }, 'folder');
    sources.set(entry.key, { ...times, file: null, cancel: new AbortController(), attempts: 0 });
    store.set([...store.get(), entry]);
    keeper.keep(entry, times, null);
  }

  /** A place that became free goes to the first file that was one too many. */
  function promote(): void {
    const { attachmentsPerMessage } = dependencies.limits();
    for (const one of store.get()) {
      if (countTaken() >= attachmentsPerMessage) return;
      const source = sources.get(one.key);
      if (one.problem !== 'too-many' || source?.file == null) continue;
      const entry = entryOf(one.key, source.file, null);
      change(one.key, entry);
      keeper.keep(entry, source, source.file);
    }
  }

  function letGo(key: string): void {
    const upload = find(key);
    sources.get(key)?.cancel.abort();
    sources.delete(key);
    if (upload?.previewUrl?.startsWith('blob:')) URL.revokeObjectURL(upload.previewUrl);
    store.set(store.get().filter((one) => one.key !== key));
  }

  function remove(key: string): void {
    letGo(key);
    keeper.forget(key);
  }

  function removeWhere(isMeant: (upload: Upload) => boolean): void {
    for (const upload of store.get()) if (isMeant(upload)) remove(upload.key);
    promote();
    pump();
  }

  return {
    uploads: store,
    leftOut,
    pump,
    retry,
    add: (files) => {
      for (const file of files) {
        if (store.get().length < limits.chosenFiles) enter(file);
        else leftOut.set(leftOut.get() + 1);
      }
      pump();
    },
    refuseFolders: (names) => {
      for (const name of names) {
        if (store.get().length < limits.chosenFiles) enterFolder(name);
        else leftOut.set(leftOut.get() + 1);
      }
    },
    remove: (key) => removeWhere((one) => one.key === key),
    removeRefused: () => {
      leftOut.set(0);
      removeWhere((one) => one.status === 'failed' && !isTemporary(one));
    },
    clear: () => {
      leftOut.set(0);
      for (const one of store.get()) remove(one.key);
    },
    expire: () => {
      const old = store
        .get()
        .filter(
          (one) => one.file !== null && now() - (sources.get(one.key)?.at ?? 0) > limits.unsentUploadMs,
        );
      for (const one of old) {
        const source = sources.get(one.key);
        // A file that is still at hand is simply uploaded once more.
        if (source?.file != null) change(one.key, { ...entryOf(one.key, source.file, null), name: one.name });
        else change(one.key, { status: 'failed', file: null, problem: 'expired' });
      }
      pump();
      return old.length > 0;
    },
    restore: (key, about, from) => {
      if (find(key) !== undefined) return;
      const isUploaded = from !== null && !(from instanceof File);
      const source = {
        file: from instanceof File ? from : null,
        cancel: new AbortController(),
        at: about.at,
        place: about.place,
        attempts: 0,
      };
      sources.set(key, source);
      const isOld = isUploaded && now() - about.at > limits.unsentUploadMs;
      const refused = about.refused == null ? null : problemFrom(about.refused);
      const problem = refused ?? (from === null ? 'lost' : isOld ? 'expired' : null);
      const entry = entryOf(key, source.file ?? about, problem);
      const restored: Upload =
        isUploaded && !isOld
          ? { ...entry, status: 'done', progress: 1, file: from, previewUrl: from.thumbnailUrl ?? null }
          : entry;
      lastPlace = Math.max(lastPlace, about.place);
      store.set([...store.get(), restored].sort((a, b) => placeOf(a) - placeOf(b)));
      pump();
    },
    drop: (key) => {
      letGo(key);
      pump();
    },
    wake: () => {
      for (const one of store.get()) if (isTemporary(one) && one.status === 'failed') retry(one.key);
    },
    reset: () => {
      leftOut.set(0);
      for (const one of store.get()) letGo(one.key);
    },
  };
}

function entryOf(
  key: string,
  about: File | { name: string; size: number },
  problem: UploadProblem | null,
): Upload {
  const isPicture = about instanceof File && /^image\/(png|jpeg|webp|gif|bmp|avif|svg)/.test(about.type);
  return {
    key,
    name: about.name,
    size: about.size,
    previewUrl: isPicture && problem === null ? URL.createObjectURL(about) : null,
    status: problem === null ? 'waiting' : 'failed',
    progress: 0,
    file: null,
    problem,
  };
}

const pauseMs = ({ attempts }: Source) =>
  Math.min(limits.backoffFirstMs * 2 ** attempts, limits.backoffLongestMs);

function refusalOf(file: File, largest: number): Refusal | null {
  if (file.size === 0) return 'empty';
  return file.size > largest ? 'too-large' : null;
}
