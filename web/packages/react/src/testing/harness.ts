import { InfiniteQueryObserver, QueryClient, QueryObserver } from '@tanstack/react-query';
import type { Api } from '../client/api.ts';
import type { HaggleClient, OpenedConversation } from '../client/client.ts';
import { HaggleError } from '../client/errors.ts';
import type { ServerFrame, Since } from '../client/frames.ts';
import { createSignal, createStore } from '../client/store.ts';
import type { ConversationFilter, Me, Message } from '../client/types.ts';
import { type ChatData, createChatData } from '../query/chat-data.ts';
import { listOptions, threadOptions, unreadCountOptions } from '../query/options.ts';
import type { ModelServer } from './model-server.ts';

/** The client's data on top of a model server, with a network in between that a test moves by hand. */
export interface Harness {
  chat: ChatData;
  showList: (filter: ConversationFilter) => void;
  loadMoreOf: (filter: ConversationFilter) => void;
  showThread: (conversationId: string) => void;
  showUnreadCount: () => void;
  connect: () => void;
  /** What is on the wire is lost. */
  disconnect: () => void;
  isConnected: () => boolean;
  /** Lets one frame, or one answer, arrive; false when there is none. Every answer is as old as its request. */
  deliverFrame: (twice?: boolean) => boolean;
  deliverAnswer: (index?: number) => boolean;
  /** The next frame never arrives although the connection holds; only one that is numbered. */
  loseFrame: () => void;
  /** The next two frames arrive the other way round; only two that are numbered. */
  swapFrames: () => void;
  stop: () => void;
}

interface Pages {
  conversations: number;
  messages: number;
}

export function createHarness(model: ModelServer, me: Me, pages: Pages): Harness {
  const answers: (() => void)[] = [];
  const wire: ServerFrame[] = [];
  /** What was missed: it is the connection's own, and no queue is between. */
  const resumed = new WeakSet<ServerFrame>();
  const frames = createSignal<ServerFrame>();
  const ready = createSignal<void>();
  let since: () => Since = () => ({});
  let stopListening: (() => void) | null = null;

  /** The server answers at once; the answer takes as long as the test likes. */
  function answer<T>(value: T | null): Promise<T> {
    return new Promise((resolve, reject) => {
      const missing = new HaggleError('refused', 'Not found', { status: 404 });
      answers.push(() => (value === null ? reject(missing) : resolve(structuredClone(value))));
    });
  }

  const api: Partial<Api> = {
    listConversations: (filter, cursor) => answer(model.list(me.id, filter, cursor, pages.conversations)),
    getConversation: (id) => answer(model.conversation(me.id, id)),
    listMessages: (id, place) => answer(model.messages(me.id, id, { ...place, limit: pages.messages })),
    unreadCount: () => answer(model.unreadCount(me.id)),
    userStatus: (id) => answer(model.status(id)),
  };
  const client = {
    api,
    me: createStore<Me | null>(me),
    connection: createStore({ status: 'online', retryAt: null }),
    outbox: createStore({ settle: () => {} }),
    environment: { now: () => Date.now(), page: { isOnline: () => true } },
    onFrame: frames.subscribe,
    onReady: ready.subscribe,
    onSent: createSignal<Message>().subscribe,
    onOpened: createSignal<OpenedConversation>().subscribe,
    setSince: (next: () => Since) => {
      since = next;
    },
  } as unknown as HaggleClient;
  const queryClient = new QueryClient();
  const chat = createChatData(client, queryClient);
  const stopChat = chat.start();
  const observers: (() => void)[] = [];
  const lists = new Map<string, InfiniteQueryObserver<never, Error, never, never, never>>();

  const deliver = (frame: ServerFrame) => {
    if (frame.type === 'ready') ready.emit();
    else frames.emit(structuredClone(frame));
  };

  return {
    chat,
    showList: (filter) => {
      const name = JSON.stringify(filter);
      if (lists.has(name)) return;
      const observer = new InfiniteQueryObserver(queryClient, listOptions(chat, filter));
      lists.set(name, observer as never);
      observers.push(observer.subscribe(() => {}));
    },
    loadMoreOf: (filter) => {
      const observer = lists.get(JSON.stringify(filter));
      const result = observer?.getCurrentResult();
      if (result?.hasNextPage && !result.isFetching) void observer?.fetchNextPage();
    },
    showThread: (id) => {
      observers.push(new QueryObserver(queryClient, threadOptions(chat, id)).subscribe(() => {}));
    },
    showUnreadCount: () => {
      observers.push(new QueryObserver(queryClient, unreadCountOptions(chat)).subscribe(() => {}));
    },
    connect: () => {
      if (stopListening !== null) return;
      const missed = structuredClone(model.missedSince(me.id, since()));
      for (const frame of missed) resumed.add(frame);
      wire.push(...missed, { type: 'ready', payload: {} });
      stopListening = model.listen(me.id, (frame) => wire.push(frame));
    },
    disconnect: () => {
      stopListening?.();
      stopListening = null;
      wire.length = 0;
    },
    isConnected: () => stopListening !== null,
    deliverFrame: (twice = false) => {
      const frame = wire.shift();
      if (frame === undefined) return false;
      deliver(frame);
      if (twice) deliver(frame);
      return true;
    },
    loseFrame: () => {
      const isChange = wire[0]?.type === 'message_updated' && resumed.has(wire[0]);
      if (isNumbered(wire[0]) && !isChange) wire.shift();
    },
    swapFrames: () => {
      const [first, second] = wire;
      if (isNumbered(first) && isNumbered(second)) wire.splice(0, 2, second, first);
    },
    deliverAnswer: (index = 0) => {
      const [arrive] = answers.splice(index % Math.max(1, answers.length), 1);
      arrive?.();
      return arrive !== undefined;
    },
    stop: () => {
      stopListening?.();
      for (const stop of observers) stop();
      stopChat();
      queryClient.clear();
    },
  };
}

/** Of these a missing one is seen by its `seq` or `rev`. Whoever is online is told again with the next connection. */
function isNumbered(frame: ServerFrame | undefined): frame is ServerFrame {
  return frame?.type === 'message' || frame?.type === 'message_updated' || frame?.type === 'read';
}
