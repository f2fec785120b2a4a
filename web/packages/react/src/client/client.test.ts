// @vitest-environment node
import { HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeBrowser } from '../testing/fake-browser.ts';
import { createFakeGateway, type FakeGateway } from '../testing/fake-gateway.ts';
import { baseUrl, createHandlers } from '../testing/handlers.ts';
import { createModelServer, type ModelServer } from '../testing/model-server.ts';
import { createHaggleClient, type HaggleClient, type HaggleClientOptions } from './client.ts';
import type { HaggleError } from './errors.ts';
import type { Message } from './types.ts';

const server = setupServer();
let model: ModelServer;
let gateway: FakeGateway;
let requests: Request[];
let interfere: (request: Request) => Response | undefined;
const clients: HaggleClient[] = [];

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  model = createModelServer(Date.now);
  model.addUser('bea', 'buyer');
  model.addUser('bob', 'supplier');
  gateway = createFakeGateway(model);
  requests = [];
  interfere = () => undefined;
  server.use(
    ...createHandlers(model, (request) => {
      requests.push(request.clone());
      return interfere(request);
    }),
  );
});
afterEach(() => {
  for (const client of clients.splice(0)) client.stop();
  server.resetHandlers();
});

function newClient(options: HaggleClientOptions = {}): HaggleClient {
  const browser = createFakeBrowser({ ...gateway, fetch: globalThis.fetch });
  const client = createHaggleClient({
    baseUrl,
    getToken: async () => 'token bea',
    environment: browser.openTab().environment,
    ...options,
  });
  clients.push(client);
  return client;
}

const failureOf = (promise: Promise<unknown>): Promise<HaggleError> =>
  promise.then(
    () => expect.unreachable('it should have failed'),
    (error: HaggleError) => error,
  );

/** A wait ends as soon as it holds; the runner's own second is less than a busy machine may take. */
const until = (holds: () => void) => vi.waitFor(holds, { timeout: 30_000 });

describe('requests', () => {
  it('carry the token, ask for what was asked and nothing else', async () => {
    const { api } = newClient();
    const { id } = await api.openConversation({ supplierId: 'bob' });
    const page = await api.listConversations({ type: 'buyer_supplier', q: '' }, null);
    expect(page.conversations.map((one) => one.id)).toEqual([id]);
    await api.listMessages(id, {});
    await api.markRead(id, null);
    expect(requests.map((request) => `${request.method} ${new URL(request.url).search}`)).toEqual([
      'POST ',
      'GET ?limit=50&type=buyer_supplier',
      'GET ?limit=50&markRead=false',
      'PATCH ',
    ]);
    expect(requests.every((request) => request.headers.get('Authorization') === 'Bearer token bea')).toBe(
      true,
    );
  });

  it('ask the page for a fresh token after a 401, once', async () => {
    const tokens = ['stale', 'token bea'];
    const { api } = newClient({ getToken: async () => tokens.shift() ?? 'stale' });
    expect(await api.unreadCount()).toBe(0);
    expect(requests).toHaveLength(2);
    const stale = newClient({ getToken: async () => 'stale' });
    const error = await failureOf(stale.api.unreadCount());
    expect(error).toMatchObject({ kind: 'signed-out', status: 401, code: 'unauthorized' });
    expect(requests).toHaveLength(3);
  });

  it('repeat the body with the fresh token', async () => {
    const { id } = model.open('bea', { supplierId: 'bob' });
    const tokens = ['stale', 'token bea'];
    const { api } = newClient({ getToken: async () => tokens.shift() ?? null });
    const message = await api.sendMessage(id, { content: 'hello', attachments: [], clientMessageId: 'k' });
    expect(message).toMatchObject({ message: 'hello', clientMessageId: 'k', seq: 1 });
  });

  it('share one question to the page', async () => {
    const getToken = vi.fn(async () => 'token bea');
    const { api } = newClient({ getToken });
    await Promise.all([api.unreadCount(), api.unreadCount(), api.unreadCount()]);
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it('say what the server said', async () => {
    const { api } = newClient();
    expect(await failureOf(api.getConversation('nowhere'))).toMatchObject({
      kind: 'refused',
      status: 404,
      message: 'Conversation not found',
      requestId: 'request-1',
      isTemporary: false,
    });
    interfere = () =>
      HttpResponse.json(
        { error: 'Too Many Requests', code: 'rate_limited', fields: { content: 'x' } },
        { status: 429, headers: { 'Retry-After': '7' } },
      );
    expect(await failureOf(api.unreadCount())).toMatchObject({
      kind: 'limited',
      code: 'rate_limited',
      retryAfterMs: 7_000,
      fields: { content: 'x' },
      isTemporary: true,
    });
    interfere = () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 });
    expect(await failureOf(api.unreadCount())).toMatchObject({
      kind: 'server',
      status: 502,
      isTemporary: true,
    });
    interfere = () => HttpResponse.error();
    expect(await failureOf(api.unreadCount())).toMatchObject({
      kind: 'network',
      status: 0,
      isTemporary: true,
    });
  });

  it('can be cancelled', async () => {
    const { api } = newClient();
    const controller = new AbortController();
    const error = failureOf(api.unreadCount(controller.signal));
    controller.abort();
    expect((await error).kind).toBe('aborted');
  });
});

describe('a client', () => {
  it('connects, sends through its queue, and hears the same message', async () => {
    const { id } = model.open('bea', { supplierId: 'bob' });
    const client = newClient();
    const heard: string[] = [];
    const sent: Message[] = [];
    client.onFrame((frame) => {
      if (frame.type === 'message') heard.push(frame.payload.message.clientMessageId ?? '');
    });
    client.onSent((message) => sent.push(message));
    client.start();
    await until(() => expect(client.connection.get().status).toBe('online'));
    expect(client.me.get()).toEqual({ id: 'bea', role: null });
    const key = client.outbox.get().add(id, { text: 'hello' });
    await until(() => expect(client.outbox.get().state.get().items).toEqual([]));
    expect(sent.map((message) => message.clientMessageId)).toEqual([key]);
    await until(() => expect(heard).toEqual([key]));
  });

  it('keeps what was written before it was known who writes', async () => {
    const { id } = model.open('bea', { supplierId: 'bob' });
    const client = newClient();
    interfere = () => HttpResponse.error();
    client.start();
    client.outbox.get().add(id, { text: 'early' });
    await until(() => expect(client.me.get()?.id).toBe('bea'));
    interfere = () => undefined;
    client.outbox.get().wake();
    await until(() => expect(model.messages('bea', id, {})?.messages).toHaveLength(1));
  });

  it('can be stopped and started again, as React does in development', async () => {
    const client = newClient();
    client.start();
    client.stop();
    client.start();
    await until(() => expect(client.connection.get().status).toBe('online'));
    expect(gateway.open()).toHaveLength(1);
  });

  it('follows the page to another user', async () => {
    let now = Date.now();
    const jwt = (sub: string) => `token ${sub} .${btoa(JSON.stringify({ sub, exp: now / 1000 + 60 }))}.`;
    let user = 'bea';
    const { environment } = createFakeBrowser({ ...gateway, fetch: globalThis.fetch }).openTab();
    const client = newClient({
      getToken: async () => jwt(user),
      environment: { ...environment, now: () => now },
    });
    client.start();
    await until(() => expect(client.connection.get().status).toBe('online'));
    user = 'bob';
    now += 60_000;
    await client.api.unreadCount();
    await until(() => expect(client.me.get()?.id).toBe('bob'));
    await until(() => expect(client.connection.get().status).toBe('online'));
    expect(gateway.open()).toHaveLength(1);
  });
});
