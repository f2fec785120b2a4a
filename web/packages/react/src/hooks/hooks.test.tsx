import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { type ReactNode, StrictMode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHaggleClient, type HaggleClient } from '../client/client.ts';
import { limits } from '../client/limits.ts';
import { HaggleProvider } from '../provider/HaggleProvider.tsx';
import { createFakeBrowser, type FakeTab } from '../testing/fake-browser.ts';
import { createFakeGateway, type FakeGateway } from '../testing/fake-gateway.ts';
import { baseUrl, createHandlers } from '../testing/handlers.ts';
import { createModelServer, type ModelServer } from '../testing/model-server.ts';
import {
  useConnection,
  useConversation,
  useConversations,
  useDraft,
  useFirstUnread,
  useIncomingMessage,
  useJoinLeave,
  useMarkRead,
  useMe,
  useMessages,
  useOpenConversation,
  usePresence,
  useSendMessage,
  useTyping,
  useUnreadCount,
  useUpload,
} from './index.ts';

const server = setupServer();
let model: ModelServer;
let gateway: FakeGateway;
let tab: FakeTab;
let client: HaggleClient;
let id: string;
let requests: string[];
let interfere: (request: Request) => Response | undefined;

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  model = createModelServer(Date.now);
  model.addUser('bea', 'buyer');
  model.addUser('bob', 'supplier');
  model.addUser('ann', 'admin');
  id = model.open('bea', { supplierId: 'bob', productId: 'p1' }).id;
  gateway = createFakeGateway(model);
  requests = [];
  interfere = () => undefined;
  server.use(
    ...createHandlers(model, (request) => {
      requests.push(`${request.method} ${new URL(request.url).pathname.replace('/api/chat/', '')}`);
      return interfere(request);
    }),
  );
  signIn('bob');
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
  server.resetHandlers();
  localStorage.clear();
});

function signIn(user: string): void {
  tab = createFakeBrowser({ ...gateway, fetch: (...request) => globalThis.fetch(...request) }).openTab();
  client = createHaggleClient({
    baseUrl,
    getToken: async () => `token ${user}`,
    environment: tab.environment,
  });
}

function Wrapper({ children }: { children: ReactNode }): ReactNode {
  return (
    <StrictMode>
      <HaggleProvider client={client}>{children}</HaggleProvider>
    </StrictMode>
  );
}

function render<T>(hook: () => T) {
  return renderHook(hook, { wrapper: Wrapper });
}

const online = () => waitFor(() => expect(client.connection.get().status).toBe('online'));
const write = (text: string, from = 'bea') => act(async () => void model.send(from, id, { content: text }));

describe('the conversation list', () => {
  it('shows, sorts and follows what happens', async () => {
    const other = model.open('bea', { supplierId: 'bob', productId: 'p2' }).id;
    const { result } = render(() => useConversations());
    expect(result.current.status).toBe('pending');
    await waitFor(() => expect(result.current.conversations.map((one) => one.id)).toEqual([other, id]));
    await online();
    await write('hello');
    await waitFor(() => expect(result.current.conversations.map((one) => one.id)).toEqual([id, other]));
    expect(result.current.conversations[0]).toMatchObject({ lastMessage: 'hello', unreadCount: 1 });
    const third = model.open('bea', { supplierId: 'bob', productId: 'p3' }).id;
    await waitFor(() => expect(result.current.conversations[0]?.id).toBe(third));
  });

  it('loads further pages and filters', async () => {
    for (let at = 0; at < limits.conversationPage; at += 1)
      model.open('bea', { supplierId: 'bob', productId: `q${at}` });
    const { result } = render(() => ({
      all: useConversations(),
      support: useConversations({ type: 'support' }),
    }));
    await waitFor(() => expect(result.current.all.conversations).toHaveLength(limits.conversationPage));
    expect(result.current.all.hasMore).toBe(true);
    act(() => result.current.all.loadMore());
    await waitFor(() => expect(result.current.all.conversations).toHaveLength(limits.conversationPage + 1));
    expect(result.current.all.hasMore).toBe(false);
    expect(result.current.support.conversations).toEqual([]);
  });

  it('says what went wrong, and tries again with the next connection', async () => {
    interfere = () => HttpResponse.json({ error: 'Forbidden', code: 'forbidden' }, { status: 403 });
    const { result } = render(() => useConversations());
    await waitFor(() => expect(result.current.error).toMatchObject({ status: 403, code: 'forbidden' }));
    interfere = () => undefined;
    act(() => result.current.refetch());
    await waitFor(() => expect(result.current.status).toBe('success'));
  });
});

describe('a conversation', () => {
  it('that is not in a list is asked for; one that does not exist is an error', async () => {
    const { result } = render(() => ({
      one: useConversation(id),
      none: useConversation('nowhere'),
      idle: useConversation(null),
    }));
    await waitFor(() => expect(result.current.one.conversation?.id).toBe(id));
    await waitFor(() => expect(result.current.none.error?.status).toBe(404));
    expect(result.current.idle.conversation).toBeNull();
  });

  it('is opened, joined and left', async () => {
    signIn('ann');
    const { result } = render(() => ({
      me: useMe(),
      opening: useOpenConversation(),
      place: useJoinLeave(id),
      one: useConversation(id),
    }));
    await waitFor(() => expect(result.current.one.conversation).not.toBeNull());
    expect(result.current.me).toEqual({ id: 'ann', role: 'admin' });
    await act(() => result.current.place.join());
    expect(result.current.one.conversation?.participants.admin?.id).toBe('ann');
    await act(() => result.current.place.leave());
    expect(result.current.one.conversation?.participants.admin).toBeUndefined();
    await act(async () => {
      await expect(result.current.place.leave()).rejects.toMatchObject({ status: 409 });
    });
    await waitFor(() => expect(result.current.place.error?.status).toBe(409));
    const opened = await act(() => result.current.opening.open({ buyerId: 'bea', adminId: 'ann' }));
    expect(opened.type).toBe('buyer_admin');
  });
});

describe('a thread', () => {
  it('shows the newest page, then older ones, then what arrives', async () => {
    for (let at = 1; at <= 200; at += 1) model.send('bea', id, { content: `text ${at}` });
    const { result } = render(() => useMessages(id));
    await waitFor(() => expect(result.current.messages).toHaveLength(limits.messagePage));
    expect([result.current.hasOlder, result.current.hasNewer]).toEqual([true, false]);
    await act(() => result.current.loadOlder());
    expect(result.current.messages).toHaveLength(150);
    await act(() => result.current.loadOlder());
    expect(result.current.messages.map((one) => one.seq)).toEqual(
      Array.from({ length: 200 }, (_, at) => at + 1),
    );
    expect(result.current.hasOlder).toBe(false);
    await online();
    await write('newest');
    await waitFor(() =>
      expect(result.current.messages.at(-1)).toMatchObject({ text: 'newest', status: 'received' }),
    );
  });

  it('jumps back to a message and forward again', async () => {
    const ids = Array.from(
      { length: 400 },
      (_, at) => model.send('bea', id, { content: `text ${at + 1}` }).id,
    );
    const { result } = render(() => useMessages(id));
    await waitFor(() => expect(result.current.status).toBe('success'));
    await act(() => result.current.jumpTo(ids[99] ?? ''));
    await waitFor(() => expect(result.current.messages.some((one) => one.id === ids[99])).toBe(true));
    expect([result.current.hasOlder, result.current.hasNewer]).toEqual([true, true]);
    await act(() => result.current.loadNewer());
    expect(result.current.messages.at(-1)?.seq).toBeGreaterThan(200);
    await act(() => result.current.jumpToNewest());
    await waitFor(() => expect(result.current.messages.at(-1)?.seq).toBe(400));
    expect(result.current.hasNewer).toBe(false);
  });
});

describe('sending', () => {
  it('shows the message at once, and one message in the end, with its ticks', async () => {
    const { result } = render(() => ({ thread: useMessages(id), send: useSendMessage(id) }));
    await waitFor(() => expect(result.current.thread.status).toBe('success'));
    await online();
    let key = '';
    act(() => {
      key = result.current.send.send({ text: 'my offer' });
    });
    expect(result.current.thread.messages).toMatchObject([{ key, text: 'my offer', isMine: true, id: null }]);
    await waitFor(() =>
      expect(result.current.thread.messages).toMatchObject([{ key, seq: 1, status: 'sent' }]),
    );
    act(() => model.setOnline('bea', true));
    await waitFor(() => expect(result.current.thread.messages[0]?.status).toBe('delivered'));
    act(() => model.markRead('bea', id));
    await waitFor(() => expect(result.current.thread.messages).toMatchObject([{ key, status: 'read' }]));
  });

  it('keeps the text after a 429, says until when, and goes on by itself', async () => {
    interfere = (request) =>
      request.method === 'POST'
        ? HttpResponse.json(
            { error: 'Too Many Requests', code: 'rate_limited' },
            { status: 429, headers: { 'Retry-After': '1' } },
          )
        : undefined;
    const { result } = render(() => ({ thread: useMessages(id), send: useSendMessage(id) }));
    await waitFor(() => expect(result.current.thread.status).toBe('success'));
    act(() => void result.current.send.send({ text: 'too fast' }));
    await waitFor(() => expect(result.current.send.blockedUntil).toBeGreaterThan(Date.now()));
    expect(result.current.thread.messages[0]).toMatchObject({
      text: 'too fast',
      status: 'queued',
      problem: { code: 'rate_limited', retryAt: result.current.send.blockedUntil },
    });
    interfere = () => undefined;
    await waitFor(() => expect(result.current.thread.messages[0]?.seq).toBe(1), { timeout: 3_000 });
    expect(result.current.send.blockedUntil).toBeNull();
  });

  it('a refused message stays until it is sent again or taken away', async () => {
    interfere = (request) =>
      request.method === 'POST'
        ? HttpResponse.json({ error: 'Forbidden', code: 'forbidden' }, { status: 403 })
        : undefined;
    const { result } = render(() => ({ thread: useMessages(id), send: useSendMessage(id) }));
    await waitFor(() => expect(result.current.thread.status).toBe('success'));
    let keys: string[] = [];
    act(() => {
      keys = ['one', 'two'].map((text) => result.current.send.send({ text }));
    });
    await waitFor(() =>
      expect(result.current.thread.messages.map((one) => one.status)).toEqual(['failed', 'failed']),
    );
    interfere = () => undefined;
    act(() => {
      result.current.send.discard(keys[0] ?? '');
      result.current.send.retry(keys[1] ?? '');
    });
    await waitFor(() => expect(result.current.thread.messages).toMatchObject([{ text: 'two', seq: 1 }]));
  });
});

describe('reading', () => {
  const patches = () => requests.filter((request) => request.startsWith('PATCH'));

  it('counts only on a visible, focused screen', async () => {
    const messages = ['one', 'two'].map((content) => model.send('bea', id, { content }));
    const newest = { id: messages[1]?.id ?? '', seq: 2 };
    tab.setPage({ focused: false });
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { result } = render(() => {
      useMarkRead(id, newest);
      return { unread: useUnreadCount(), one: useConversation(id), line: useFirstUnread(id) };
    });
    await waitFor(() => expect(result.current.unread).toBe(2));
    expect(result.current.line).toMatchObject({ seq: 1, count: 2 });
    await act(() => vi.advanceTimersByTimeAsync(limits.markReadDelayMs * 10));
    expect(patches()).toEqual([]);
    act(() => tab.setPage({ focused: true }));
    await waitFor(() => expect(result.current.unread).toBe(0));
    expect(patches()).toEqual([`PATCH conversations/${id}/read`]);
    expect(result.current.one.conversation?.lastReadSeq).toBe(2);
    expect(result.current.line).toMatchObject({ seq: 1, count: 2 });
  });
});

describe('people', () => {
  it('type, and stop by themselves', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { result } = render(() => ({ typing: useTyping(id), one: useConversation(id) }));
    await online();
    await waitFor(() => expect(result.current.one.conversation).not.toBeNull());
    act(() => model.typing('bea', id, true));
    await waitFor(() =>
      expect(result.current.typing.people).toEqual([{ userId: 'bea', name: 'Name of bea' }]),
    );
    await act(() => vi.advanceTimersByTimeAsync(limits.typingExpiresMs));
    expect(result.current.typing.people).toEqual([]);
  });

  it('are told of our typing every few seconds, and of its end', async () => {
    const { result } = render(() => useTyping(id));
    await online();
    act(() => {
      for (const _ of 'hello') result.current.onType();
      result.current.onStop();
      result.current.onStop();
    });
    await waitFor(() =>
      expect(
        gateway
          .received()
          .filter((frame) => frame.type === 'typing')
          .map((frame) => frame.payload),
      ).toEqual([
        { conversationId: id, isTyping: true },
        { conversationId: id, isTyping: false },
      ]),
    );
  });

  it('come and go', async () => {
    const { result } = render(() => usePresence('bea'));
    await waitFor(() => expect(result.current).toEqual({ isOnline: false, lastSeen: null }));
    await online();
    act(() => model.setOnline('bea', true));
    await waitFor(() => expect(result.current?.isOnline).toBe(true));
  });
});

describe('around it', () => {
  it('an incoming message is announced once, and none that was missed', async () => {
    const heard: string[] = [];
    const { result } = render(() => {
      useIncomingMessage((message) => heard.push(message.message));
      return useConversations();
    });
    await waitFor(() => expect(result.current.status).toBe('success'));
    await online();
    await write('news');
    await write('my own', 'bob');
    act(() => gateway.closeAll(1006));
    model.send('bea', id, { content: 'missed' });
    await online();
    await write('more news');
    await waitFor(() => expect(heard).toEqual(['news', 'more news']));
  });

  it('the connection is told, and taken back by hand', async () => {
    const { result } = render(() => useConnection());
    await waitFor(() => expect(result.current.status).toBe('online'));
    act(() => gateway.closeAll(4409));
    expect(result.current.status).toBe('replaced');
    act(() => result.current.reconnect());
    await waitFor(() => expect(result.current.status).toBe('online'));
  });

  it('drafts are kept per conversation', async () => {
    const { result } = render(() => ({ here: useDraft(id), there: useDraft('other'), me: useMe() }));
    await waitFor(() => expect(result.current.me).not.toBeNull());
    act(() => result.current.here.setText('half'));
    expect([result.current.here.text, result.current.there.text]).toEqual(['half', '']);
    act(() => result.current.here.clear());
    expect(result.current.here.text).toBe('');
  });

  it('files are uploaded, refused early when they cannot work, and removed', async () => {
    const { result } = render(() => useUpload());
    const big = new File(['x'], 'big.pdf');
    Object.defineProperty(big, 'size', { value: limits.attachmentBytes + 1 });
    act(() =>
      result.current.add([
        new File(['hello'], 'a.txt', { type: 'text/plain' }),
        big,
        new File([], 'empty.txt'),
      ]),
    );
    expect(result.current.uploads.map((one) => one.problem)).toEqual([null, 'too-large', 'empty']);
    await waitFor(() => expect(result.current.uploads[0]?.status).toBe('done'));
    expect(result.current.files).toMatchObject([{ type: 'text/plain' }]);
    expect(result.current.isUploading).toBe(false);
    act(() => result.current.remove(result.current.uploads[1]?.key ?? ''));
    expect(result.current.uploads).toHaveLength(2);
    act(() => result.current.clear());
    expect(result.current.uploads).toEqual([]);
  });
});
