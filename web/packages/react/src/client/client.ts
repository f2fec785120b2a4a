import { type Api, createApi } from './api.ts';
import { withoutSlash } from './base-url.ts';
import { type Connection, type ConnectionSnapshot, notStarted, toldOf } from './connection/connection.ts';
import { createOwnConnection } from './connection/own-connection.ts';
import { browserEnvironment, type Environment } from './environment.ts';
import type { ClientFrame, ServerFrame, Since } from './frames.ts';
import { createHttp, type Http } from './http.ts';
import { createOutbox, type Outbox } from './outbox/outbox.ts';
import { memoryOutbox, openOutboxStorage } from './outbox/storage.ts';
import { defaultServerLimits, limitsFrom, type ServerLimits } from './server-limits.ts';
import { createSignal, createStore, type Store } from './store.ts';
import { createSharedConnection } from './tabs/shared-connection.ts';
import { createTokenSource, readClaims, type TokenSource } from './token.ts';
import type { Conversation, Me, Message } from './types.ts';
import { createUploadFile, type UploadFile } from './upload.ts';

export interface HaggleClientOptions {
  /** Where the server is, without a slash at the end; same origin by default. */
  baseUrl?: string | undefined;
  /** Resolves to a signed token, or to null when nobody is signed in. Without it the session cookie counts. */
  getToken?: (() => Promise<string | null>) | undefined;
  /**
   * Who is signed in, when the page knows. With a session cookie the tabs share a socket only if this is given: a
   * cookie does not tell its user, and two users must never share.
   */
  user?: Me | undefined;
  /** For tests. */
  environment?: Environment | undefined;
}

export interface OpenedConversation {
  name: string;
  conversation: Conversation;
}

type Readable<T> = Pick<Store<T>, 'get' | 'subscribe'>;

/** Everything of Haggle that needs no user interface: endpoints, events and the queue of outgoing messages. */
export interface HaggleClient {
  baseUrl: string;
  api: Api;
  /** For endpoints that `api` has no call for. */
  http: Http;
  upload: UploadFile;
  /** What the server allows; its defaults until it has told. */
  serverLimits: Readable<ServerLimits>;
  environment: Environment;
  me: Readable<Me | null>;
  connection: Readable<ConnectionSnapshot>;
  /** What is on its way. Until it is known whose it is, it is kept in memory only. */
  outbox: Readable<Outbox>;
  onFrame: (listener: (frame: ServerFrame) => void) => () => void;
  /** Everything missed has arrived; lists may have changed without an event. */
  onReady: (listener: () => void) => () => void;
  /** A message from the outbox is stored; in every tab. */
  onSent: (listener: (message: Message) => void) => () => void;
  /** A conversation exists that messages in the outbox had waited for under this name; in every tab. */
  onOpened: (listener: (opened: OpenedConversation) => void) => () => void;
  /** Tells what has been seen of each conversation; without it a connection starts from nothing. */
  setSince: (since: () => Since) => void;
  /** Typing and the like; dropped without a connection. */
  sendFrame: (frame: ClientFrame) => void;
  /** Somebody asks to connect now. */
  reconnect: () => void;
  /** Whether this tab acts for the whole browser, where something must happen once. */
  isLeader: () => boolean;
  start: () => void;
  stop: () => void;
}

export function createHaggleClient(options: HaggleClientOptions = {}): HaggleClient {
  const baseUrl = withoutSlash(options.baseUrl ?? '');
  const environment = options.environment ?? browserEnvironment();
  let lastSubject: string | null = null;
  const tokens = createTokenSource(options.getToken ?? null, environment.now, (token) => {
    const subject = token === null ? null : (readClaims(token)?.sub ?? null);
    if (subject === null) return;
    const isAnother = lastSubject !== null && lastSubject !== subject;
    lastSubject = subject;
    if (isAnother && options.user === undefined) meet(subject);
  });
  const http = createHttp(baseUrl, tokens, fetchAndTell);
  const api = createApi(http);
  const me = createStore<Me | null>(options.user ?? null);
  const serverLimits = createStore(defaultServerLimits);
  const snapshot = createStore<ConnectionSnapshot>(notStarted);
  const frames = createSignal<ServerFrame>();
  const ready = createSignal<void>();
  const sent = createSignal<Message>();
  const opened = createSignal<OpenedConversation>();
  const outbox = createStore<Outbox>(newOutbox(null));
  let since: () => Since = () => ({});
  let connection: Connection | null = null;
  let run = 0;
  let outboxOf: string | null = null;
  let stopWatching = () => {};

  /** A request that found no server says something about the socket, too: it is asked at once, not with the next heartbeat. */
  async function fetchAndTell(...request: Parameters<typeof fetch>): Promise<Response> {
    try {
      return await environment.fetch(...request);
    } catch (error) {
      const isCancelled = (error as Error).name === 'AbortError';
      if (!isCancelled && snapshot.get().status === 'online') connection?.act();
      throw error;
    }
  }

  function tell(): void {
    const next = toldOf(connection?.snapshot() ?? notStarted, environment.page);
    const cameBack = next.status === 'online' && snapshot.get().status !== 'online';
    snapshot.set(next);
    if (!cameBack) return;
    outbox.get().wake();
    // A server that was started again may have other settings.
    void learnLimits();
  }

  function connect(name: string | null): void {
    connection?.stop();
    const { locks, openChannel } = environment;
    const dependencies = { url: socketUrl(baseUrl), tokens, environment };
    const listener = {
      since: () => since(),
      onFrame: hear,
      onReady: () => ready.emit(),
      onSnapshot: tell,
    };
    connection =
      name !== null && locks !== null && openChannel !== null
        ? createSharedConnection(dependencies, { locks, openChannel, name: `${name}:socket` }, listener)
        : createOwnConnection(dependencies, listener);
    connection.start();
  }

  async function learnLimits(): Promise<void> {
    try {
      serverLimits.set(limitsFrom(await api.limits(), serverLimits.get()));
    } catch {
      // The server decides anyway; the next connection asks again.
    }
  }

  function hear(frame: ServerFrame): void {
    if (frame.type === 'authenticated') meet(frame.payload.userId);
    frames.emit(frame);
  }

  function newOutbox(userId: string | null): Outbox {
    return createOutbox({
      name: userId === null ? null : `${nameFor(baseUrl, userId)}:outbox`,
      storage: userId === null ? memoryOutbox() : openOutboxStorage(userId),
      environment,
      send: api.sendMessage,
      // Some browsers say that there is no network where there is one.
      isOnline: () => snapshot.get().status === 'online' || environment.page.isOnline(),
      onSent: sent.emit,
      open: api.openConversation,
      onOpened: (name, conversation) => opened.emit({ name, conversation }),
    });
  }

  /** Each user has an outbox; what was written before anybody was known belongs to the first. */
  function meet(userId: string): void {
    if (userId === outboxOf) return;
    const isFirst = outboxOf === null;
    const early = isFirst ? outbox.get().state.get().items : [];
    outboxOf = userId;
    if (me.get()?.id !== userId) me.set({ id: userId, role: null });
    switchOutbox(newOutbox(userId));
    for (const item of early) outbox.get().take(item);
    // A socket stays with the user it was opened for.
    if (!isFirst && connection !== null) connect(nameFor(baseUrl, userId));
  }

  function switchOutbox(next: Outbox): void {
    outbox.get().stop();
    outbox.set(next);
    next.start();
  }

  async function begin(thisRun: number): Promise<void> {
    const userId = options.user?.id ?? (await userOfToken(tokens));
    if (thisRun !== run) return;
    if (userId !== null) meet(userId);
    connect(userId === null ? null : nameFor(baseUrl, userId));
  }

  return {
    baseUrl,
    api,
    http,
    upload: createUploadFile(baseUrl, tokens),
    serverLimits,
    environment,
    me,
    connection: snapshot,
    outbox,
    onFrame: frames.subscribe,
    onReady: ready.subscribe,
    onSent: sent.subscribe,
    onOpened: opened.subscribe,
    setSince: (next) => {
      since = next;
    },
    sendFrame: (frame) => connection?.send(frame),
    reconnect: () => connection?.act(),
    isLeader: () => connection?.isLeader() ?? false,
    start: () => {
      run += 1;
      stopWatching = environment.page.watch(() => {
        const wasOffline = snapshot.get().status === 'offline';
        tell();
        if (wasOffline && environment.page.isOnline()) outbox.get().wake();
      });
      tell();
      outbox.get().start();
      void begin(run);
    },
    stop: () => {
      run += 1;
      stopWatching();
      connection?.stop();
      connection = null;
      outbox.get().stop();
      snapshot.set(notStarted);
    },
  };
}

/** Null when there is no token, or none that says; then the connection finds out by itself, without sharing. */
async function userOfToken(tokens: TokenSource): Promise<string | null> {
  try {
    const token = await tokens.get();
    return token === null ? null : (readClaims(token)?.sub ?? null);
  } catch {
    return null;
  }
}

function nameFor(baseUrl: string, userId: string): string {
  return `haggle:${baseUrl}:${userId}`;
}

function socketUrl(baseUrl: string): string {
  const url = new URL(`${baseUrl}/api/chat/ws`, globalThis.location?.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
