import type { QueryClient } from '@tanstack/react-query';
import { inTime } from '../client/database.ts';
import { limits } from '../client/limits.ts';
import type { Conversation, ConversationEventPage, Message } from '../client/types.ts';
import {
  type ConversationEvents,
  type ConversationList,
  type Conversations,
  keys,
  type Thread,
} from '../query/keys.ts';
import { lastOf } from '../query/thread.ts';

/*
 * What was open is there again after a reload without a network. One record holds the conversations and how far lists
 * were loaded, one more each thread that was opened; all of one person at one server begin with the same words.
 */

interface SavedLists {
  savedAt: number;
  conversations: readonly Conversation[];
  lists: readonly (readonly [readonly unknown[], ConversationList])[];
  unreadCount: number | null;
}

interface SavedEvents {
  savedAt: number;
  /** The newest. */
  page: ConversationEventPage;
}

interface SavedThread {
  savedAt: number;
  messages: readonly Message[];
  hasOlder: boolean;
  rev: number;
}

type Saved = SavedLists | SavedThread | SavedEvents;

const DATABASE = 'haggle-cache';
const STORE = 'saved';
/** Raised when the shape of a record changes; older ones are not read. */
const VERSION = 2;

export interface SavedCache {
  /**
   * Puts what was saved into the cache, where nothing newer is. What comes after `signal` is left out: the connection
   * would not know that it is here, and never bring it up to date. Resolves also when there is nothing, or no storage.
   */
  load: (queryClient: QueryClient, signal: AbortSignal) => Promise<void>;
  /** Saves what has changed since. */
  save: (queryClient: QueryClient) => Promise<void>;
  /** Removes everything of this person. */
  forget: () => Promise<void>;
}

/** `scope` names the server and the person. */
export function openSavedCache(scope: string, now: () => number): SavedCache {
  let saved = new Map<string, unknown>();
  const listsKey = `${scope} lists`;
  const eventsKey = (id: string) => `${scope} events ${id}`;
  const threadKey = (id: string) => `${scope} thread ${id}`;
  const own = rangeOf(scope);

  async function load(queryClient: QueryClient, signal: AbortSignal): Promise<void> {
    const records = await all(own);
    if (signal.aborted) return;
    const lists = records.get(listsKey) as SavedLists | undefined;
    const threads = [...records]
      .filter((entry): entry is [string, SavedThread] => entry[0].startsWith(threadKey('')))
      .sort(([, a], [, b]) => b.savedAt - a.savedAt);
    void removeOld(now() - limits.savedMs, new Set(threads.slice(limits.savedThreads).map(([key]) => key)));
    if (lists) fillLists(queryClient, lists);
    for (const [key, record] of records) {
      if (!key.startsWith(eventsKey(''))) continue;
      fill(queryClient, keys.events(key.slice(eventsKey('').length)), {
        pages: [(record as SavedEvents).page],
        pageParams: [null],
      } satisfies ConversationEvents);
    }
    // Shown at once, and asked for again when somebody looks.
    void queryClient.invalidateQueries({ queryKey: keys.allEvents });
    for (const [key, thread] of threads.slice(0, limits.savedThreads)) {
      const id = key.slice(threadKey('').length);
      fill(queryClient, keys.thread(id), {
        messages: thread.messages,
        hasOlder: thread.hasOlder,
        hasNewer: false,
        rev: thread.rev,
      } satisfies Thread);
    }
  }

  async function save(queryClient: QueryClient): Promise<void> {
    const next = new Map<string, unknown>();
    const records: [string, Saved][] = [];
    const note = (key: string, source: unknown, record: () => Saved) => {
      next.set(key, source);
      if (saved.get(key) !== source) records.push([key, record()]);
    };
    const conversations = queryClient.getQueryData(keys.conversations);
    if (conversations !== undefined)
      note(listsKey, conversations, () => listsOf(queryClient, conversations, now()));
    for (const [key, thread] of queryClient.getQueriesData<Thread>({ queryKey: keys.threads })) {
      // A stretch that ends early would have a hole before what comes next.
      if (thread === undefined || thread.hasNewer || lastOf(thread) === undefined) continue;
      const id = String(key[2]);
      note(threadKey(id), thread, () => {
        const messages = thread.messages.slice(-limits.savedMessages);
        const hasOlder = thread.hasOlder || messages.length < thread.messages.length;
        return { savedAt: now(), messages, hasOlder, rev: thread.rev };
      });
    }
    for (const [key, events] of queryClient.getQueriesData<ConversationEvents>({
      queryKey: keys.allEvents,
    })) {
      const page = events?.pages[0];
      if (page !== undefined) note(eventsKey(String(key[2])), page, () => ({ savedAt: now(), page }));
    }
    const gone = [...saved.keys()].filter((key) => !next.has(key) && key.startsWith(threadKey('')));
    saved = next;
    if (records.length + gone.length === 0) return;
    await change((store) => {
      for (const [key, record] of records) store.put(record, key);
      for (const key of gone) store.delete(key);
    });
  }

  return {
    load,
    save,
    forget: async () => {
      saved = new Map();
      await change((store) => store.delete(own));
    },
  };
}

function listsOf(queryClient: QueryClient, conversations: Conversations, savedAt: number): SavedLists {
  const newest = Object.values(conversations)
    .sort((a, b) => ((a.lastMessageAt ?? a.createdAt) < (b.lastMessageAt ?? b.createdAt) ? 1 : -1))
    .slice(0, limits.savedConversations);
  // A search and a queue are as old as their question.
  const lists = queryClient
    .getQueriesData<ConversationList>({ queryKey: keys.lists })
    .flatMap(([key, list]) => (list === undefined || hasWords(key) ? [] : [[key, list] as const]));
  return {
    savedAt,
    conversations: newest,
    lists,
    unreadCount: queryClient.getQueryData(keys.unreadCount) ?? null,
  };
}

function hasWords(key: readonly unknown[]): boolean {
  return (key[2] as { q: string }).q !== '';
}

function fillLists(queryClient: QueryClient, { conversations, lists, unreadCount }: SavedLists): void {
  const known = queryClient.getQueryData(keys.conversations) ?? {};
  queryClient.setQueryData(keys.conversations, {
    ...Object.fromEntries(conversations.map((one) => [one.id, asOfThen(one)])),
    ...known,
  });
  for (const [key, list] of lists) fill(queryClient, key, list);
  if (unreadCount !== null) fill(queryClient, keys.unreadCount, unreadCount);
  // Shown at once, and asked for again. Threads are not: the connection brings what they miss, by `seq` and `rev`.
  void queryClient.invalidateQueries({ queryKey: keys.lists });
  void queryClient.invalidateQueries({ queryKey: keys.unreadCount });
}

/** Who was online then says nothing about now. */
function asOfThen(conversation: Conversation): Conversation {
  const { buyer, supplier, admin } = conversation.participants;
  const away = { isOnline: false } as const;
  return {
    ...conversation,
    participants: {
      buyer: { ...buyer, ...away },
      ...(supplier && { supplier: { ...supplier, ...away } }),
      ...(admin && { admin: { ...admin, ...away } }),
    },
  };
}

function fill(queryClient: QueryClient, queryKey: readonly unknown[], data: unknown): void {
  if (queryClient.getQueryData(queryKey) === undefined)
    queryClient.setQueryData(queryKey, data, { updatedAt: 0 });
}

/** Of anybody: what nobody has looked at for long, and these. */
async function removeOld(before: number, these: ReadonlySet<string>): Promise<void> {
  await change((store) => {
    store.openCursor().onsuccess = function visit() {
      const cursor = this.result;
      if (cursor === null) return;
      const { savedAt } = cursor.value as Saved;
      if (savedAt < before || these.has(String(cursor.key))) cursor.delete();
      cursor.continue();
    };
  });
}

const rangeOf = (scope: string) => IDBKeyRange.bound(`${scope} `, `${scope} \uffff`);

let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      const { result } = request;
      for (const name of [...result.objectStoreNames]) result.deleteObjectStore(name);
      result.createObjectStore(STORE);
    };
    request.onsuccess = () => {
      // A newer page wants another shape; this one goes on without.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('blocked'));
  });
  return inTime(opened);
}

async function all(range: IDBKeyRange): Promise<Map<string, unknown>> {
  try {
    const store = (await database()).transaction(STORE).objectStore(STORE);
    const answers = [answer(store.getAllKeys(range)), answer<unknown[]>(store.getAll(range))] as const;
    const [names, values] = await inTime(Promise.all(answers));
    return new Map(names.map((name, index) => [String(name), values[index]]));
  } catch {
    return new Map();
  }
}

/** Without storage, or when it is full, everything else goes on. */
async function change(edit: (store: IDBObjectStore) => unknown): Promise<void> {
  try {
    const transaction = (await database()).transaction(STORE, 'readwrite');
    edit(transaction.objectStore(STORE));
    const end = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    await inTime(end);
  } catch {}
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
