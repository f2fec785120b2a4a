import { notifyManager, type QueryClient } from '@tanstack/react-query';
import { assertNever } from '../client/assert-never.ts';
import type { HaggleClient } from '../client/client.ts';
import { HaggleError } from '../client/errors.ts';
import { limits } from '../client/limits.ts';
import { createSignal } from '../client/store.ts';
import type { Message } from '../client/types.ts';
import { applyEvent, type ChatEvent } from './apply-event.ts';
import { cacheViewOf, setDefaults } from './cache.ts';
import { createCoalescer } from './coalesce.ts';
import type { Changes, Refetch } from './draft.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import { keys } from './keys.ts';
import { sinceOf } from './since.ts';
import { createThreads, type Threads } from './threads.ts';

/** The query cache, kept true by the server's events. */
export interface ChatData {
  client: HaggleClient;
  queryClient: QueryClient;
  threads: Threads;
  log: EventLog;
  apply: (event: ChatEvent) => void;
  refetch: (what: Refetch) => void;
  /** Messages from others, each once, as they are written; not what was missed while there was no connection. */
  onNews: (listener: (message: Message) => void) => () => void;
  /** Returns how to stop. */
  start: () => () => void;
}

/** A burst of events asks for the total once. */
const unreadDelayMs = 300;

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
  });
  setDefaults(queryClient);

  function apply(event: ChatEvent): void {
    log.add(event);
    const newsEvent = isNews(event) ? event : null;
    const context = { me: client.me.get()?.id ?? null, now: client.environment.now() };
    commit(applyEvent(view, event, context));
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
      }
    });
    for (const clientMessageId of changes.settled) client.outbox.get().settle(clientMessageId);
    for (const what of changes.refetch) refetch(what);
  }

  function refetch(what: Refetch): void {
    const delayMs = what.what === 'unread-count' ? unreadDelayMs : 0;
    coalescer.request(JSON.stringify(what), delayMs, () => carryOut(what));
  }

  async function carryOut(what: Refetch): Promise<unknown> {
    switch (what.what) {
      case 'conversation':
        return fetchConversation(what.id);
      case 'thread':
        return threads.catchUp(what.id);
      case 'lists':
        return queryClient.invalidateQueries({ queryKey: keys.lists });
      case 'unread-count':
        return queryClient.invalidateQueries({ queryKey: keys.unreadCount });
      case 'notifications':
        return queryClient.invalidateQueries({ queryKey: keys.notifications });
      case 'presence':
        return queryClient.invalidateQueries({ queryKey: keys.presences });
      case 'everything':
        return refetchEverything();
      default:
        return assertNever(what);
    }
  }

  async function fetchConversation(id: string): Promise<void> {
    try {
      apply({ type: 'loaded', conversations: [await api.getConversation(id)] });
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
      refetch({ what: 'conversation', id });
      refetch({ what: 'thread', id });
    }
    await queryClient.invalidateQueries({
      queryKey: keys.all,
      predicate: (query) => query.queryKey[1] !== keys.threads[1],
    });
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
    apply,
    refetch,
    onNews: news.subscribe,
    start: () => {
      client.setSince(() => sinceOf(view));
      const stops = [
        client.onFrame((frame) => {
          // `ready` counts only once all of what this tab missed is here; see below.
          if (frame.type !== 'ready') apply(frame);
        }),
        client.onReady(() => {
          apply({ type: 'ready', payload: {} });
          retryFailed();
        }),
        client.onSent((message) => apply({ type: 'sent', message })),
        coalescer.stop,
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
