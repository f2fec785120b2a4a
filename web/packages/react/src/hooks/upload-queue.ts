import { HaggleError } from '../client/errors.ts';
import { limits } from '../client/limits.ts';
import { createStore, type Store } from '../client/store.ts';
import type { FileInfo } from '../client/types.ts';
import type { UploadFile } from '../client/upload.ts';

/** The last three never reach the server. */
export type UploadProblem = HaggleError | 'too-large' | 'too-many' | 'empty';

export interface Upload {
  key: string;
  name: string;
  /** Bytes. */
  size: number;
  /** An object URL for pictures, revoked by itself. */
  previewUrl: string | null;
  status: 'waiting' | 'uploading' | 'done' | 'failed';
  /** 0 to 1. */
  progress: number;
  file: FileInfo | null;
  problem: UploadProblem | null;
}

/** The attachments of one message being written. */
export interface UploadQueue {
  uploads: Pick<Store<readonly Upload[]>, 'get' | 'subscribe'>;
  add: (files: Iterable<File>) => void;
  retry: (key: string) => void;
  remove: (key: string) => void;
  clear: () => void;
}

interface Source {
  file: File;
  cancel: AbortController;
}

/** Some at a time, in the order they were added. */
export function createUploadQueue(upload: UploadFile, newId: () => string): UploadQueue {
  const store = createStore<readonly Upload[]>([]);
  const sources = new Map<string, Source>();

  const change = (key: string, edit: Partial<Upload>) =>
    store.set(store.get().map((one) => (one.key === key ? { ...one, ...edit } : one)));

  function pump(): void {
    const uploads = store.get();
    const running = uploads.filter((one) => one.status === 'uploading').length;
    const next = uploads.find((one) => one.status === 'waiting');
    if (next === undefined || running >= limits.parallelUploads) return;
    void run(next.key);
    pump();
  }

  async function run(key: string): Promise<void> {
    const source = sources.get(key);
    if (source === undefined) return;
    change(key, { status: 'uploading', progress: 0, problem: null });
    try {
      const file = await upload(source.file, {
        signal: source.cancel.signal,
        onProgress: (progress) => change(key, { progress }),
      });
      change(key, { status: 'done', progress: 1, file });
    } catch (error) {
      const problem = error instanceof HaggleError ? error : new HaggleError('server', 'Unexpected error');
      change(key, { status: 'failed', problem });
    }
    pump();
  }

  function enter(file: File): Upload {
    const key = newId();
    const problem = problemOf(file, store.get().filter((one) => typeof one.problem !== 'string').length);
    sources.set(key, { file, cancel: new AbortController() });
    return {
      key,
      name: file.name,
      size: file.size,
      previewUrl: file.type.startsWith('image/') && problem === null ? URL.createObjectURL(file) : null,
      status: problem === null ? 'waiting' : 'failed',
      progress: 0,
      file: null,
      problem,
    };
  }

  function forget(upload: Upload): void {
    sources.get(upload.key)?.cancel.abort();
    sources.delete(upload.key);
    if (upload.previewUrl !== null) URL.revokeObjectURL(upload.previewUrl);
  }

  return {
    uploads: store,
    add: (files) => {
      for (const file of files) store.set([...store.get(), enter(file)]);
      pump();
    },
    retry: (key) => {
      const upload = store.get().find((one) => one.key === key);
      if (upload?.status !== 'failed' || typeof upload.problem === 'string') return;
      change(key, { status: 'waiting', problem: null });
      pump();
    },
    remove: (key) => {
      for (const upload of store.get()) if (upload.key === key) forget(upload);
      store.set(store.get().filter((one) => one.key !== key));
      pump();
    },
    clear: () => {
      for (const upload of store.get()) forget(upload);
      store.set([]);
    },
  };
}

function problemOf(file: File, before: number): UploadProblem | null {
  if (file.size === 0) return 'empty';
  if (file.size > limits.attachmentBytes) return 'too-large';
  return before >= limits.attachmentsPerMessage ? 'too-many' : null;
}
