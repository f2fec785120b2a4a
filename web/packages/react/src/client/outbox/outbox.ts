import type { Channel, Environment } from '../environment.ts';
import { limits } from '../limits.ts';
import { createStore, type Store } from '../store.ts';
import { type Leadership, seekLeadership } from '../tabs/leadership.ts';
import type { Conversation, FileInfo, Message, OpenConversation, ReplyTo } from '../types.ts';
import {
  emptyOutbox,
  type OutboxAction,
  type OutboxItem,
  type OutboxState,
  reduceOutbox,
} from './outbox-state.ts';
import { createSender, type OpenForMessage, type Sender, type SendMessage } from './sender.ts';
import type { OutboxStorage } from './storage.ts';

export interface NewMessage {
  text: string;
  /** Finished uploads. */
  files?: readonly FileInfo[];
  /** The message that it answers. */
  replyTo?: ReplyTo | undefined;
}

/** The messages of one user that are on their way, the same in every tab and after a reload. */
export interface Outbox {
  state: Pick<Store<OutboxState>, 'get' | 'subscribe'>;
  /** Returns the key, which is also the message's `clientMessageId`. */
  add: (conversationId: string, message: NewMessage) => string;
  /** For a conversation that does not exist yet; `name` is that of its draft. */
  addFirst: (name: string, purpose: OpenConversation, message: NewMessage) => string;
  /** Takes over a message that another outbox has not sent. */
  take: (item: OutboxItem) => void;
  retry: (key: string) => void;
  /** Sends a failed message with other words or files; returns its key, which is another if anything changed. */
  edit: (key: string, message: NewMessage) => string;
  discard: (key: string) => void;
  /** The server has it: an event said so. */
  settle: (key: string) => void;
  /** There is a connection again. */
  wake: () => void;
  start: () => void;
  stop: () => void;
}

export interface OutboxDependencies {
  /** The same for all tabs of one user at one server; null when nobody knows who the user is. */
  name: string | null;
  storage: OutboxStorage;
  environment: Environment;
  send: SendMessage;
  open: OpenForMessage;
  /** Whether there is a network, as far as anybody knows. */
  isOnline: () => boolean;
  /** Called in every tab for each message that one of them has sent. */
  onSent: (message: Message) => void;
  /** Called in every tab when a conversation exists that messages had waited for under this name. */
  onOpened: (name: string, conversation: Conversation) => void;
}

type TabMessage =
  | { kind: 'action'; action: OutboxAction }
  | { kind: 'sent'; message: Message }
  | { kind: 'opened'; name: string; conversation: Conversation };

export function createOutbox(dependencies: OutboxDependencies): Outbox {
  const { environment, storage } = dependencies;
  const store = createStore<OutboxState>(emptyOutbox);
  /** What was settled in this page's life: a list read from storage meanwhile may still name it. */
  const settled = new Set<string>();
  let channel: Channel | null = null;
  let sender: Sender | null = null;
  let leadership: Leadership = { check: () => {}, stop: () => {} };

  function remember(key: string): void {
    settled.add(key);
    const oldest = settled.values().next();
    if (settled.size > limits.settledKeys && !oldest.done) settled.delete(oldest.value);
  }

  function apply(action: OutboxAction): void {
    if (action.type === 'settle') remember(action.key);
    store.set(reduceOutbox(store.get(), action));
    sender?.pump();
  }

  function dispatch(action: OutboxAction): void {
    const before = store.get();
    apply(action);
    channel?.postMessage({ kind: 'action', action } satisfies TabMessage);
    persist(before, store.get());
  }

  function persist(before: OutboxState, after: OutboxState): void {
    const old = new Map(before.items.map((item) => [item.key, item]));
    for (const item of after.items) {
      if (old.get(item.key) !== item) void keep((to) => to.put(item));
      old.delete(item.key);
    }
    for (const key of old.keys()) void keep((to) => to.remove(key));
  }

  async function keep(write: (to: OutboxStorage) => Promise<void>): Promise<void> {
    try {
      await write(storage);
    } catch {
      // A full disk or a private window: the message is still sent, it only would not survive a reload.
    }
  }

  const takeIn = (items: readonly OutboxItem[]) =>
    apply({ type: 'load', items: items.filter((item) => !settled.has(item.key)) });

  async function load(): Promise<void> {
    // Shown at once; nothing is sent before the rest is known, so that the order holds.
    takeIn(storage.near());
    try {
      takeIn(await storage.load());
    } catch {
      // Nothing more can be read: nothing more was left behind.
    }
  }

  function lead(): () => void {
    const own = createSender({
      environment,
      state: store.get,
      dispatch,
      send: dependencies.send,
      open: dependencies.open,
      isOnline: dependencies.isOnline,
      sent: (message) => {
        dependencies.onSent(message);
        channel?.postMessage({ kind: 'sent', message } satisfies TabMessage);
      },
      opened: (name, conversation) => {
        dependencies.onOpened(name, conversation);
        channel?.postMessage({ kind: 'opened', name, conversation } satisfies TabMessage);
      },
    });
    // The tab before may have ended in the middle of a request, and without telling what it had stored.
    void load().then(() => {
      if (own.isStopped()) return;
      apply({ type: 'recover' });
      sender = own;
      own.pump();
    });
    return () => {
      own.stop();
      sender = null;
    };
  }

  function hear(message: TabMessage): void {
    if (message.kind === 'action') apply(message.action);
    else if (message.kind === 'opened') dependencies.onOpened(message.name, message.conversation);
    else dependencies.onSent(message.message);
  }

  function enter(item: OutboxItem): string {
    dispatch({ type: 'add', item });
    if (store.get().items.length > limits.outboxItems) {
      const problem = { code: 'outbox-full', message: 'Too many messages are waiting' };
      dispatch({ type: 'fail', key: item.key, problem });
    }
    leadership.check();
    return item.key;
  }

  return {
    state: store,
    add: (conversationId, message) => enter(newItem(conversationId, message, environment)),
    addFirst: (name, opens, message) => enter({ ...newItem(name, message, environment), opens }),
    take: (item) => {
      const state = item.state === 'sending' ? 'queued' : item.state;
      dispatch({ type: 'add', item: { ...item, state } });
    },
    retry: (key) => dispatch({ type: 'retry', key, now: environment.now() }),
    edit: (key, message) => {
      const failed = store.get().items.find((item) => item.key === key);
      if (failed?.state !== 'failed') return key;
      if (isSame(failed, message)) {
        dispatch({ type: 'retry', key, now: environment.now() });
        return key;
      }
      // The server answers a known id with what it has: other words need another.
      const { opens } = failed;
      const { replyTo } = failed;
      const item = {
        ...newItem(failed.conversationId, { replyTo, ...message }, environment),
        ...(opens && { opens }),
      };
      dispatch({ type: 'replace', key, item });
      return item.key;
    },
    discard: (key) => dispatch({ type: 'discard', key }),
    settle: (key) => {
      if (store.get().items.some((item) => item.key === key)) dispatch({ type: 'settle', key });
      else remember(key);
    },
    wake: () => dispatch({ type: 'wake', now: environment.now() }),
    start: () => {
      const { name } = dependencies;
      const { locks, openChannel } = environment;
      if (name !== null && openChannel !== null) {
        channel = openChannel(name);
        channel.onmessage = (event: MessageEvent) => hear(event.data as TabMessage);
      }
      // Without locks every tab sends; the repeated `clientMessageId` keeps that harmless.
      if (name === null || locks === null) leadership = { check: () => {}, stop: lead() };
      else leadership = seekLeadership({ locks, openChannel, page: environment.page, name }, lead);
      void load();
    },
    stop: () => {
      leadership.stop();
      channel?.close();
      channel = null;
    },
  };
}

function isSame(item: OutboxItem, { text, files = [] }: NewMessage): boolean {
  const ids = (all: readonly FileInfo[]) => all.map((file) => file.id).join();
  return item.text === text && ids(item.files) === ids(files);
}

function newItem(conversationId: string, message: NewMessage, environment: Environment): OutboxItem {
  const now = environment.now();
  return {
    key: environment.newId(),
    conversationId,
    text: message.text,
    files: message.files ?? [],
    ...(message.replyTo && { replyTo: message.replyTo }),
    writtenAt: now,
    state: 'queued',
    attempts: 0,
    notBefore: now,
    problem: null,
  };
}
