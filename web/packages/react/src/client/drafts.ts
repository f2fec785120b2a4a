import { limits } from './limits.ts';
import { createStore, type Store } from './store.ts';

/** By conversation, or by whatever name a composer has before there is a conversation. */
type DraftTexts = ReadonlyMap<string, string>;

/** What was typed but not sent, kept on this device per user. */
export interface Drafts {
  texts: Pick<Store<DraftTexts>, 'get' | 'subscribe'>;
  set: (name: string, text: string) => void;
  /** Changes to this user's drafts; null keeps them in memory only. */
  use: (userId: string | null) => void;
  start: () => void;
  stop: () => void;
}

const writeDelayMs = 300;

export function createDrafts(): Drafts {
  const texts = createStore<DraftTexts>(new Map());
  let storageName: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Typing is faster than storage needs to be. */
  function writeSoon(): void {
    clearTimeout(timer);
    timer = setTimeout(write, writeDelayMs);
  }

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    if (storageName === null) return;
    try {
      localStorage.setItem(storageName, JSON.stringify([...texts.get()]));
    } catch {
      // A full or forbidden storage costs the drafts a reload, nothing else.
    }
  }

  const writeNow = () => {
    if (timer !== undefined) write();
  };

  const hearOtherTab = (event: StorageEvent) => {
    if (event.key === storageName && timer === undefined) texts.set(read(event.newValue));
  };

  return {
    texts,
    set: (name, text) => {
      const next = new Map(texts.get());
      // Taken out and put back, so that the oldest draft is the first.
      next.delete(name);
      if (text.trim() !== '') next.set(name, text.slice(0, limits.draftCharacters));
      const oldest = next.keys().next();
      if (next.size > limits.drafts && !oldest.done) next.delete(oldest.value);
      texts.set(next);
      writeSoon();
    },
    use: (userId) => {
      const name = userId === null ? null : `haggle:drafts:${userId}`;
      if (name === storageName) return;
      writeNow();
      storageName = name;
      texts.set(name === null ? new Map() : read(readStorage(name)));
    },
    start: () => {
      window.addEventListener('storage', hearOtherTab);
      window.addEventListener('pagehide', writeNow);
    },
    stop: () => {
      window.removeEventListener('storage', hearOtherTab);
      window.removeEventListener('pagehide', writeNow);
      writeNow();
    },
  };
}

function readStorage(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

function read(text: string | null): DraftTexts {
  try {
    const entries: unknown = JSON.parse(text ?? '[]');
    return new Map(Array.isArray(entries) ? (entries as [string, string][]) : []);
  } catch {
    return new Map();
  }
}
