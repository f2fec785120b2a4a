import type { QueryClient } from '@tanstack/react-query';
import type { Api, PagePlace } from '../client/api.ts';
import { HaggleError } from '../client/errors.ts';
import { limits } from '../client/limits.ts';
import type { EventLog } from './event-log.ts';
import { keys, type Thread } from './keys.ts';
import {
  hasHole,
  insertMessage,
  joinThreads,
  lastContiguousSeq,
  lastOf,
  positionOf,
  refreshReads,
  threadFromPage,
} from './thread.ts';

/** Loads stretches of conversations and keeps each as one: see `Thread`. */
export interface Threads {
  /** The newest page, together with what arrived while it was fetched. */
  newest: (conversationId: string, signal?: AbortSignal) => Promise<Thread>;
  loadOlder: (conversationId: string) => Promise<void>;
  loadNewer: (conversationId: string) => Promise<void>;
  /** Makes the stretch contain this message; afterwards it may end before the newest one. */
  jumpTo: (conversationId: string, messageId: string) => Promise<void>;
  jumpToNewest: (conversationId: string) => Promise<void>;
  /** Fetches what is missing behind the last message that is certain. */
  catchUp: (conversationId: string) => Promise<void>;
  /** Fetches messages again for their links. */
  refreshAround: (conversationId: string, messageId: string) => Promise<void>;
}

interface ThreadsDependencies {
  api: Api;
  queryClient: QueryClient;
  log: EventLog;
  /** Asks for a `catchUp` soon. */
  requestCatchUp: (conversationId: string) => void;
}

export function createThreads({ api, queryClient, log, requestCatchUp }: ThreadsDependencies): Threads {
  const underWay = new Map<string, Promise<void>>();
  const cached = (id: string) => queryClient.getQueryData(keys.thread(id));
  const store = (id: string, edit: (before: Thread | undefined) => Thread | undefined) =>
    queryClient.setQueryData(keys.thread(id), edit);

  /** A second wish for the same page waits for the first one. */
  function once(name: string, work: () => Promise<void>): Promise<void> {
    const running = underWay.get(name);
    if (running !== undefined) return running;
    const promise = work().finally(() => underWay.delete(name));
    underWay.set(name, promise);
    return promise;
  }

  /** Adds what was heard since the page was asked for, if the page ends where new messages go. */
  function upToDate(id: string, thread: Thread, mark: number): Thread {
    const heard = log.messagesSince(mark, id);
    let result = thread;
    let missing = heard === null;
    for (const message of heard ?? []) {
      const inserted = insertMessage(result, message);
      result = inserted.thread;
      missing ||= inserted.missing;
    }
    const conversation = queryClient.getQueryData(keys.conversations)?.[id];
    if (conversation === undefined) return result;
    const lastSeq = lastOf(result)?.seq ?? 0;
    if (!result.hasNewer && (missing || lastSeq < conversation.lastSeq)) requestCatchUp(id);
    return refreshReads(result, conversation);
  }

  async function fetchPage(id: string, place: PagePlace, signal?: AbortSignal): Promise<Thread> {
    const mark = log.mark();
    const page = await api.listMessages(id, place, signal);
    return upToDate(id, threadFromPage(page), mark);
  }

  const join = (id: string, page: Thread) =>
    store(id, (before) => (before && joinThreads(before, page)) ?? page);

  async function loadOlder(id: string): Promise<void> {
    const first = cached(id)?.messages[0];
    if (first === undefined || !cached(id)?.hasOlder) return;
    const page = await api.listMessages(id, { before: first.id, limit: limits.messagePageLargest });
    store(id, (before) => {
      if (before === undefined) return undefined;
      if (page.messages.length === 0) return { ...before, hasOlder: false };
      return joinThreads(before, { ...threadFromPage(page), hasNewer: true }) ?? before;
    });
  }

  async function loadNewer(id: string): Promise<void> {
    const last = cached(id)?.messages.at(-1);
    if (last === undefined || !cached(id)?.hasNewer) return;
    const page = await fetchPage(id, { after: last.id, limit: limits.messagePageLargest });
    store(id, (before) => {
      if (before === undefined) return undefined;
      if (page.messages.length === 0) return { ...before, hasNewer: false };
      return joinThreads(before, page) ?? before;
    });
  }

  async function catchUp(id: string): Promise<void> {
    for (let pages = 0; pages < limits.catchUpPages; pages += 1) {
      const thread = cached(id);
      if (thread === undefined || (pages === 0 ? thread.hasNewer : !needsMore(id, thread))) return;
      const certain = thread.messages[positionOf(thread.messages, lastContiguousSeq(thread))];
      const place = certain === undefined ? {} : { after: certain.id, limit: limits.messagePageLargest };
      try {
        join(id, await fetchPage(id, place));
      } catch (error) {
        // The message we go by is gone; what is known of this conversation is worth nothing.
        if (!(error instanceof HaggleError) || error.status !== 400) throw error;
        return queryClient.resetQueries({ queryKey: keys.thread(id), exact: true });
      }
    }
    // Too far behind to read it all now: the stretch ends here, and goes on when somebody scrolls down.
    store(id, (before) => (before && needsMore(id, before) ? cutAtHole(before) : before));
  }

  function needsMore(id: string, thread: Thread): boolean {
    if (thread.hasNewer) return true;
    const known = queryClient.getQueryData(keys.conversations)?.[id]?.lastSeq ?? 0;
    return hasHole(thread) || (lastOf(thread)?.seq ?? 0) < known;
  }

  return {
    newest: (id, signal) => fetchPage(id, {}, signal),
    loadOlder: (id) => once(`${id} older`, () => loadOlder(id)),
    loadNewer: (id) => once(`${id} newer`, () => loadNewer(id)),
    catchUp: (id) => once(`${id} catch up`, () => catchUp(id)),
    jumpTo: (id, messageId) =>
      once(`${id} jump ${messageId}`, async () => {
        if (cached(id)?.messages.some((message) => message.id === messageId)) return;
        join(id, await fetchPage(id, { around: messageId, limit: limits.messagePageLargest }));
      }),
    jumpToNewest: (id) =>
      once(`${id} newest`, async () => {
        if (cached(id)?.hasNewer === false) return;
        join(id, await fetchPage(id, {}));
      }),
    refreshAround: (id, messageId) =>
      once(`${id} refresh ${messageId}`, async () => {
        const page = await fetchPage(id, { around: messageId });
        store(id, (before) => (before && joinThreads(before, page)) ?? before);
      }),
  };
}

function cutAtHole(thread: Thread): Thread {
  const end = positionOf(thread.messages, lastContiguousSeq(thread) + 1);
  return { ...thread, messages: thread.messages.slice(0, end), hasNewer: true };
}
