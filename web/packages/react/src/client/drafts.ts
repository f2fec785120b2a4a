import { limits } from './limits.ts';
import { createStore, type Store } from './store.ts';

/** By conversation, or by whatever name a composer has before there is a conversation. */
type DraftTexts = ReadonlyMap<string, string>;

/** What was typed but not sent, kept on this device per user. */
export interface Drafts {
  texts: Pick<Store<DraftTexts>, 'get' | 'subscribe'>;
  /** The drafts that would not survive a reload, because the browser stores nothing or has no room. */
  unkept: Pick<Store<ReadonlySet<string>>, 'get' | 'subscribe'>;
  set: (name: string, text: string) => void;
  /** Changes to this user's drafts; null keeps them in memory only. */
  use: (userId: string | null) => void;
  start: () => void;
  stop: () => void;
}

const writeDelayMs = 300;

export function createDrafts(): Drafts {
  const texts = createStore<DraftTexts>(new Map());
  const unkept = createStore<ReadonlySet<string>>(new Set());
  /** What the storage held when this tab last wrote or read it. */
  const known = new Map<string, string>();
  /** Typed here and not yet written. */
  const changed = new Set<string>();
  let prefix: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function show(name: string, text: string): void {
    const next = new Map(texts.get());
    if (text === '') next.delete(name);
    else next.set(name, text);
    texts.set(next);
  }

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    if (prefix === null) return;
    for (const name of changed) writeOne(prefix, name);
    changed.clear();
  }

  /** One entry per draft: tabs never overwrite each other's. Two texts of one draft are both kept. */
  function writeOne(start: string, name: string): void {
    const own = texts.get().get(name) ?? '';
    const stored = readEntry(start + name);
    const text = merge(known.get(name) ?? '', own, stored ?? '');
    if (text !== own) show(name, text);
    const isKept = hasRoom(text) && writeEntry(start + name, text);
    if (isKept) known.set(name, text);
    if (isKept === !unkept.get().has(name)) return;
    const next = new Set(unkept.get());
    if (isKept) next.delete(name);
    else next.add(name);
    unkept.set(next);
  }

  /** The storage is shared with the rest of the page. */
  function hasRoom(text: string): boolean {
    let used = text.length;
    for (const other of known.values()) used += other.length;
    return text === '' || used <= limits.draftStorageCharacters;
  }

  const writeNow = () => {
    if (timer !== undefined) write();
  };

  const hearOtherTab = (event: StorageEvent) => {
    if (prefix === null || event.key === null || !event.key.startsWith(prefix)) return;
    const name = event.key.slice(prefix.length);
    // What is typed here meets the other text when it is written.
    if (changed.has(name)) return;
    known.set(name, event.newValue ?? '');
    show(name, event.newValue ?? '');
  };

  return {
    texts,
    unkept,
    set: (name, text) => {
      show(name, text);
      changed.add(name);
      // Typing is faster than storage needs to be.
      clearTimeout(timer);
      timer = setTimeout(write, writeDelayMs);
    },
    use: (userId) => {
      const next = userId === null ? null : `haggle:draft:${encodeURIComponent(userId)}:`;
      if (next === prefix) return;
      writeNow();
      // What was typed before anybody was known belongs to the first.
      const early = prefix === null ? texts.get() : new Map<string, string>();
      prefix = next;
      changed.clear();
      known.clear();
      for (const [name, text] of next === null ? [] : readEntries(next)) known.set(name, text);
      texts.set(new Map(known));
      unkept.set(new Set());
      for (const [name, text] of early) {
        show(name, text);
        known.delete(name);
        changed.add(name);
      }
      write();
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

/** What becomes of a text that was changed here while another tab changed it too: nothing of either is lost. */
function merge(before: string, own: string, theirs: string): string {
  if (theirs === before || theirs === '' || own.includes(theirs)) return own;
  if (own === before || theirs.includes(own)) return theirs;
  return `${theirs}\n${own}`;
}

function readEntry(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function readEntries(start: string): [string, string][] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(start))
      .map((key) => [key.slice(start.length), localStorage.getItem(key) ?? '']);
  } catch {
    return [];
  }
}

/** Whether the storage has it now. */
function writeEntry(key: string, text: string): boolean {
  try {
    if (text === '') localStorage.removeItem(key);
    else localStorage.setItem(key, text);
    return true;
  } catch {
    // Forbidden, or full. Of an empty text nothing can be lost.
    return text === '';
  }
}
