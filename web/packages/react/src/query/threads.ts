import type { QueryClient } from '@tanstack/react-query';
import type { Api, PagePlace } from '../client/api.ts';
import { HaggleError } from '../client/errors.ts';
import { limits } from '../client/limits.ts';
import type { Message } from '../client/types.ts';
import type { EventLog, Heard } from './event-log.ts';
import { keys, type Thread } from './keys.ts';
import {
  hasHole,
  insertMessage,
  isChangeUnknown,
  joinThreads,
  lastContiguousSeq,
  lastOf,
  positionOf,
  refreshReads,
  replaceMessage,
  threadFromPage,
  withRev,
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
  /** Fetches the loaded messages again, for some may have been changed while nobody told us. */
  refresh: (conversationId: string) => Promise<void>;
  /** Fetches messages again for their links. */
  refreshAround: (conversationId: string, messageId: string) => Promise<void>;
}

interface ThreadsDependencies {
  api: Api;
  queryClient: QueryClient;
  log: EventLog;
  /** Asks for a `catchUp` soon. */
  requestCatchUp: (conversationId: string) => void;
  /** Asks for a `refresh` soon, unless what is missing comes by itself. */
  requestRefresh: (conversationId: string) => void;
}

export function createThreads({
  api,
  queryClient,
  log,
  requestCatchUp,
  requestRefresh,
}: ThreadsDependencies): Threads {
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

  /** What the server's answer to a request that starts now contains at least. */
  const revOf = (id: string) =>
    Math.max(queryClient.getQueryData(keys.conversations)?.[id]?.rev ?? 0, cached(id)?.rev ?? 0);

  /** Adds what was heard since the page was asked for; behind the newest message there must be nothing missing. */
  function upToDate(id: string, thread: Thread, mark: number): Thread {
    const heard = log.since(mark, id);
    const filled = (heard ?? []).reduce(withHeard, thread);
    if (heard === null || isIncomplete(id, filled)) requestCatchUp(id);
    if (filled.rev < revOf(id)) requestRefresh(id);
    const conversation = queryClient.getQueryData(keys.conversations)?.[id];
    return conversation === undefined ? filled : refreshReads(filled, conversation);
  }

  /** Whether something is missing inside, or behind a stretch that should reach the newest message. */
  function isIncomplete(id: string, thread: Thread): boolean {
    if (hasHole(thread)) return true;
    const newestSeq = queryClient.getQueryData(keys.conversations)?.[id]?.lastSeq ?? 0;
    return !thread.hasNewer && (lastOf(thread)?.seq ?? 0) < newestSeq;
  }

  /** Fetches a page and puts it into the stretch, as `combine` says. */
  async function load(
    id: string,
    place: PagePlace,
    combine: (page: Thread, before: Thread) => Thread,
  ): Promise<void> {
    const mark = log.mark();
    const rev = revOf(id);
    const page = threadFromPage(await api.listMessages(id, place), rev);
    store(id, (before) => upToDate(id, before === undefined ? page : combine(page, before), mark));
  }

  const orInstead = (page: Thread, before: Thread) => joinThreads(before, page) ?? page;
  const orNothing = (page: Thread, before: Thread) => joinThreads(before, page) ?? before;

  async function loadOlder(id: string): Promise<void> {
    const first = cached(id)?.messages[0];
    if (first === undefined || !cached(id)?.hasOlder) return;
    await load(id, { before: first.id, limit: limits.messagePageLargest }, (page, before) =>
      page.messages.length === 0
        ? { ...before, hasOlder: false }
        : orNothing({ ...page, hasNewer: true }, before),
    );
  }

  async function loadNewer(id: string): Promise<void> {
    const last = cached(id)?.messages.at(-1);
    if (last === undefined || !cached(id)?.hasNewer) return;
    await load(id, { after: last.id, limit: limits.messagePageLargest }, (page, before) =>
      page.messages.length === 0 ? { ...before, hasNewer: false } : orNothing(page, before),
    );
  }

  async function catchUp(id: string): Promise<void> {
    // On the way the stretch may end early for a while; who had gone back in it on purpose stays there.
    const toTheEnd = cached(id)?.hasNewer === false;
    for (let pages = 0; pages < limits.catchUpPages; pages += 1) {
      const thread = cached(id);
      if (thread === undefined) return;
      const goesOn = pages === 0 || (toTheEnd && thread.hasNewer) || isIncomplete(id, thread);
      if (!goesOn || (pages === 0 && !toTheEnd && !hasHole(thread))) return;
      const certain = thread.messages[positionOf(thread.messages, lastContiguousSeq(thread))];
      const place = certain === undefined ? {} : { after: certain.id, limit: limits.messagePageLargest };
      try {
        await load(id, place, certain === undefined ? orInstead : orNothing);
      } catch (error) {
        // The message we go by is gone; what is known of this conversation is worth nothing.
        if (!(error instanceof HaggleError) || error.status !== 400) throw error;
        return queryClient.resetQueries({ queryKey: keys.thread(id), exact: true });
      }
    }
    // Too far behind to read it all now: the stretch ends here, and goes on when somebody scrolls down.
    store(id, (before) => before && (isIncomplete(id, before) ? cutAtHole(before) : before));
  }

  /** From the newest loaded message back to the oldest; so far back that nobody waits for it, the stretch is cut. */
  async function refresh(id: string): Promise<void> {
    const before = cached(id);
    const last = before && lastOf(before);
    if (last === undefined) return;
    const rev = revOf(id);
    let place: PagePlace = before?.hasNewer ? { around: last.id } : {};
    let oldest: Message | undefined;
    for (let pages = 0; pages < limits.catchUpPages; pages += 1) {
      await load(id, { ...place, limit: limits.messagePageLargest }, (page, known) => {
        oldest = page.messages[0] ?? oldest;
        if (pages === 0) return orInstead(page, known);
        return orNothing({ ...page, hasNewer: true }, known);
      });
      const first = cached(id)?.messages[0];
      if (oldest === undefined || first === undefined) return;
      if (oldest.seq <= first.seq) break;
      place = { before: oldest.id };
    }
    const { seq } = oldest ?? last;
    store(id, (known) => known && withoutBefore(known, seq, rev));
  }

  return {
    newest: async (id, signal) => {
      const mark = log.mark();
      const rev = revOf(id);
      return upToDate(id, threadFromPage(await api.listMessages(id, {}, signal), rev), mark);
    },
    loadOlder: (id) => once(`${id} older`, () => loadOlder(id)),
    loadNewer: (id) => once(`${id} newer`, () => loadNewer(id)),
    catchUp: (id) => once(`${id} catch up`, () => catchUp(id)),
    jumpTo: (id, messageId) =>
      once(`${id} jump ${messageId}`, async () => {
        if (cached(id)?.messages.some((message) => message.id === messageId)) return;
        await load(id, { around: messageId, limit: limits.messagePageLargest }, orInstead);
      }),
    jumpToNewest: (id) =>
      once(`${id} newest`, async () => {
        if (cached(id)?.hasNewer) await load(id, {}, orInstead);
      }),
    refresh: (id) => once(`${id} changes`, () => refresh(id)),
    refreshAround: (id, messageId) =>
      once(`${id} refresh ${messageId}`, () => load(id, { around: messageId }, orNothing)),
  };
}

function withHeard(thread: Thread, { message, rev }: Heard): Thread {
  if (message === null) return withRev(thread, rev);
  // What a resume brings has the `rev` of before.
  const isNews = rev > thread.rev || isChangeUnknown(thread, message);
  const isThere = replaceMessage(thread, message) !== thread;
  const added = isThere || thread.hasNewer ? thread : insertMessage(thread, message).thread;
  return withRev(isThere && isNews ? replaceMessage(thread, message) : added, rev);
}

/** From this place on everything was fetched again; what lies before it goes. */
function withoutBefore(thread: Thread, seq: number, rev: number): Thread {
  const at = positionOf(thread.messages, seq);
  // Meanwhile somebody has jumped to somewhere else, and that was fetched by itself.
  if (at === thread.messages.length) return thread;
  return {
    ...thread,
    messages: at === 0 ? thread.messages : thread.messages.slice(at),
    hasOlder: thread.hasOlder || at > 0,
    rev: Math.max(thread.rev, rev),
  };
}

function cutAtHole(thread: Thread): Thread {
  const end = positionOf(thread.messages, lastContiguousSeq(thread) + 1);
  return { ...thread, messages: thread.messages.slice(0, end), hasNewer: true };
}
