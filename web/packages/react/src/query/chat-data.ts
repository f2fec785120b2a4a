import { notifyManager, type QueryClient, type QueryKey } from '@tanstack/react-query';
import { assertNever } from '../client/assert-never.ts';
import type { HaggleClient } from '../client/client.ts';
import { HaggleError } from '../client/errors.ts';
import type { Since } from '../client/frames.ts';
import { limits } from '../client/limits.ts';
import { createSignal, createStore, type Store } from '../client/store.ts';
import type { Conversation, Message } from '../client/types.ts';
import { applyEvent, type ChatEvent } from './apply-event.ts';
import { cacheViewOf, setDefaults } from './cache.ts';
import { createCoalescer } from './coalesce.ts';
import { type Changes, nameOf, type Refetch } from './draft.ts';
import { createEventLog, type EventLog, withLatestPresence } from './event-log.ts';
import { filterOf, keys } from './keys.ts';
import { isAsked } from './lists.ts';
import { createPending, type Pending } from './pending.ts';
import { sinceOf } from './since.ts';
import { createThreads, type Threads } from './threads.ts';

/** The query cache, kept true by the server's events. */
export interface ChatData {
  client: HaggleClient;
  queryClient: QueryClient;
  threads: Threads;
  log: EventLog;
  /** What was done to messages and is not confirmed. */
  pending: Pending;
  /** Messages that somebody wants to see, by conversation. */
  targets: Store<ReadonlyMap<string, { messageId: string }>>;
  apply: (event: ChatEvent) => void;
  /** Like `apply`, for what an answer says: it is as old as its request, and no news. */
  applyAnswer: (event: ChatEvent) => void;
  /** Takes the conversations out of an answer. `mark` is the log's from before the request. */
  applyLoaded: (conversations: readonly Conversation[], mark: number) => void;
  /** How often events have changed the total of unread messages so far. */
  unreadChanges: () => number;
  refetch: (what: Refetch) => void;
  /** Messages from others, each once, as they are written; not what was missed while there was no connection. */
  onNews: (listener: (message: Message) => void) => () => void;
  /** Returns how to stop. */
  start: () => () => void;
}

/**
 * A burst of events asks once. A gap in a conversation is often filled by the very next event: after a break, the
 * missed messages come first and the conversation itself behind them.
 */
const delaysMs: Record<Refetch['what'], number> = {
  conversation: 100,
  thread: 50,
  // What is missing is on its way, nearly always.
  changes: 1_000,
  events: 0,
  lists: 0,
  'asked-lists': 500,
  'unread-count': 300,
  notifications: 300,
  requests: 200,
  presence: 0,
  everything: 0,
};

export function createChatData(client: HaggleClient, queryClient: QueryClient): ChatData {
  const { api } = client;
  const view = cacheViewOf(queryClient);
  const log = createEventLog(limits.replayEvents);
  const coalescer = createCoalescer();
  const news = createSignal<Message>();
  const threads = createThreads({
    api,
    queryClient,
    log,
    requestCatchUp: (id) => refetch({ what: 'thread', id }),
    requestRefresh: (id) => refetch({ what: 'changes', id }),
  });
  setDefaults(queryClient, client.environment.page.isOnline);
  let unreadChanges = 0;
  /** What the server was told at the latest connect, */
  let named: Since = {};
  /** and has not yet sent all that was missed since then. */
  let isResuming = false;

  const context = () => ({
    me: client.me.get()?.id ?? null,
    now: client.environment.now(),
    told: isResuming ? named : null,
  });

  function apply(event: ChatEvent): void {
    log.add(event);
    const newsEvent = isNews(event) ? event : null;
    commit(applyEvent(view, event, context()));
    if (newsEvent !== null) {
      const { message, conversationId } = newsEvent.payload;
      news.emit({ ...message, conversationId });
    }
  }

  function isNews(event: ChatEvent): event is ChatEvent & { type: 'message' } {
    if (event.type !== 'message' || client.connection.get().status !== 'online') return false;
    const { conversationId, message } = event.payload;
    const known = view.get(keys.conversations)?.[conversationId];
    return message.senderId !== client.me.get()?.id && message.seq > (known?.lastSeq ?? 0);
  }

  function commit(changes: Changes): void {
    notifyManager.batch(() => {
      for (const [queryKey, data] of changes.writes) {
        if (data === undefined) queryClient.removeQueries({ queryKey, exact: true });
        else queryClient.setQueryData(queryKey, data);
        if (queryKey === keys.unreadCount) unreadChanges += 1;
      }
    });
    for (const clientMessageId of changes.settled) client.outbox.get().settle(clientMessageId);
    for (const what of changes.refetch) refetch(what);
  }

  /** The largest `rev` that anybody missed; null is larger than all. */
  const missedRevs = new Map<string, number | null>();

  function refetch(what: Refetch): void {
    if (what.what === 'conversation') {
      const before = missedRevs.get(what.id) ?? 0;
      const isAny = what.rev === null || missedRevs.get(what.id) === null;
      missedRevs.set(what.id, isAny ? null : Math.max(before, what.rev ?? 0));
    }
    coalescer.request(nameOf(what), delaysMs[what.what], () => carryOut(what));
  }

  async function carryOut(what: Refetch): Promise<unknown> {
    switch (what.what) {
      case 'conversation':
        return fetchConversation(what.id);
      case 'thread':
        return threads.catchUp(what.id);
      case 'changes':
        return refreshMessages(what.id);
      case 'events':
        return refresh(keys.events(what.id));
      case 'lists':
        return refresh(keys.lists);
      case 'asked-lists':
        await queryClient.invalidateQueries({
          queryKey: keys.lists,
          predicate: ({ queryKey }) => isAsked(filterOf(queryKey)),
        });
        return;
      case 'unread-count':
        return refresh(keys.unreadCount);
      case 'notifications':
        return refresh(keys.notifications);
      case 'requests':
        return refresh(keys.requests);
      case 'presence':
        return refresh(keys.presences);
      case 'everything':
        return refetchEverything();
      default:
        return assertNever(what);
    }
  }

  async function refreshMessages(id: string): Promise<void> {
    const [thread, known] = [view.get(keys.thread(id)), view.get(keys.conversations)?.[id]];
    if (thread === undefined || known === undefined || thread.rev >= known.rev) return;
    // What was missed comes by itself then.
    if (isResuming) return;
    if ((known.messagesRev ?? 0) > thread.rev) await threads.refresh(id);
    else queryClient.setQueryData(keys.thread(id), { ...thread, rev: known.rev });
  }

  async function refresh(queryKey: QueryKey): Promise<void> {
    // The cache never restarts a first fetch, however old its answer will be; so it is followed by a second one.
    const isFirst = queryClient
      .getQueryCache()
      .findAll({ queryKey, fetchStatus: 'fetching' })
      .some((query) => query.state.data === undefined);
    await queryClient.invalidateQueries({ queryKey });
    if (isFirst) await queryClient.invalidateQueries({ queryKey });
  }

  const applyAnswer = (event: ChatEvent) => commit(applyEvent(view, event, context()));

  function applyLoaded(conversations: readonly Conversation[], mark: number): void {
    applyAnswer({
      type: 'loaded',
      conversations: conversations.map((one) => withLatestPresence(one, log, mark)),
    });
  }

  async function fetchConversation(id: string): Promise<void> {
    const missed = missedRevs.get(id) ?? null;
    missedRevs.delete(id);
    const known = view.get(keys.conversations)?.[id];
    if (missed !== null && known !== undefined && known.rev >= missed) return;
    try {
      const mark = log.mark();
      applyLoaded([await api.getConversation(id)], mark);
    } catch (error) {
      if (!(error instanceof HaggleError) || (error.status !== 404 && error.status !== 403)) throw error;
      apply({ type: 'gone', conversationId: id });
    }
  }

  /** What nobody looks at is dropped, and fetched when somebody does. */
  async function refetchEverything(): Promise<void> {
    queryClient.removeQueries({ queryKey: keys.threads, type: 'inactive' });
    for (const query of queryClient.getQueryCache().findAll({ queryKey: keys.threads })) {
      const id = String(query.queryKey[2]);
      refetch({ what: 'conversation', id, rev: null });
      refetch({ what: 'thread', id });
    }
    await queryClient.invalidateQueries({
      queryKey: keys.all,
      predicate: (query) => query.queryKey[1] !== keys.threads[1],
    });
  }

  /**
   * A conversation that was opened while the connection came up: it was not named as seen, and its answers may be older
   * than the first event.
   */
  function refetchUnnamed(): void {
    for (const query of queryClient.getQueryCache().findAll({ queryKey: keys.all, type: 'active' })) {
      const [, what, id] = query.queryKey;
      const isOne = what === keys.threads[1] || what === keys.conversation('')[1];
      if (!isOne || typeof id !== 'string' || named[id] !== undefined) continue;
      refetch({ what: 'conversation', id, rev: null });
      refetch({ what: 'events', id });
    }
  }

  /** Threads of which not all changes came with what was missed. */
  function refetchBehind(): void {
    for (const query of queryClient.getQueryCache().findAll({ queryKey: keys.threads }))
      refetch({ what: 'changes', id: String(query.queryKey[2]) });
  }

  /** What failed while there was no connection deserves another try. */
  function retryFailed(): void {
    void queryClient.refetchQueries({
      queryKey: keys.all,
      type: 'active',
      predicate: (query) => query.state.status === 'error',
    });
  }

  return {
    client,
    queryClient,
    threads,
    log,
    pending: createPending(),
    targets: createStore<ReadonlyMap<string, { messageId: string }>>(new Map()),
    apply,
    applyAnswer,
    applyLoaded,
    unreadChanges: () => unreadChanges,
    refetch,
    onNews: news.subscribe,
    start: () => {
      client.setSince(() => {
        named = sinceOf(view);
        isResuming = true;
        return named;
      });
      const stops = [
        client.onFrame((frame) => {
          // `ready` counts only once all of what this tab missed is here; see below.
          if (frame.type !== 'ready') apply(frame);
        }),
        client.onReady(() => {
          isResuming = false;
          apply({ type: 'ready', payload: {} });
          refetchUnnamed();
          refetchBehind();
          retryFailed();
        }),
        client.onSent((message) => apply({ type: 'sent', message })),
        client.onOpened(({ conversation }) => applyLoaded([conversation], log.mark())),
        coalescer.stop,
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
