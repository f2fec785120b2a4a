import { act, cleanup, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { limits } from '../client/limits.ts';
import type { Conversation } from '../client/types.ts';
import { setStage } from '../testing/stage.tsx';
import {
  useConversation,
  useConversations,
  useFirstMessages,
  useJoinLeave,
  useLastSender,
  useMe,
  useMessages,
  useOpenConversation,
  useProductConversation,
  useSendMessage,
} from './index.ts';

const stage = setStage();
const online = () => waitFor(() => expect(stage.client.connection.get().status).toBe('online'));
const write = (text: string, from = 'bea') =>
  act(async () => void stage.model.send(from, stage.id, { content: text }));

describe('the conversation list', () => {
  it('shows, sorts and follows what happens', async () => {
    const other = stage.model.open('bea', { supplierId: 'bob', productId: 'p2' }).id;
    const { result } = stage.render(() => useConversations());
    expect(result.current.status).toBe('pending');
    await waitFor(() => expect(result.current.conversations.map((one) => one.id)).toEqual([other, stage.id]));
    await online();
    await write('hello');
    await waitFor(() => expect(result.current.conversations.map((one) => one.id)).toEqual([stage.id, other]));
    expect(result.current.conversations[0]).toMatchObject({ lastMessage: 'hello', unreadCount: 1 });
    const third = stage.model.open('bea', { supplierId: 'bob', productId: 'p3' }).id;
    await waitFor(() => expect(result.current.conversations[0]?.id).toBe(third));
  });

  it('knows who wrote the newest message as soon as that can be told', async () => {
    const { result } = stage.render(() => {
      const one = useConversations().conversations[0];
      return one;
    });
    await waitFor(() => expect(result.current).toBeDefined());
    const sender = () => stage.render(() => useLastSender(result.current as Conversation)).result.current;
    expect(sender()).toBeNull();
    await write('from me', 'bob');
    await waitFor(() => expect(result.current?.lastMessage).toBe('from me'));
    expect(sender()).toBe('bob');
    await write('from her', 'bea');
    await waitFor(() => expect(result.current?.lastMessage).toBe('from her'));
    expect(sender()).toBe('bea');
  });

  it('loads further pages and filters', async () => {
    for (let at = 0; at < limits.conversationPage; at += 1)
      stage.model.open('bea', { supplierId: 'bob', productId: `q${at}` });
    const { result } = stage.render(() => ({
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

  it('finds the queue however far below everything else it is, and knows how long it is', async () => {
    stage.model.open('bea', {});
    for (let at = 0; at <= limits.conversationPage; at += 1)
      stage.model.open('bea', { supplierId: 'bob', productId: `q${at}` });
    stage.signIn('ann');
    const { result } = stage.render(() => ({
      queue: useConversations({ view: 'all', waiting: true }),
      all: useConversations({ view: 'all' }),
    }));
    await waitFor(() => expect(result.current.all.counts).toEqual({ waiting: 1 }));
    await waitFor(() => expect(result.current.queue.conversations).toMatchObject([{ type: 'support' }]));
    expect(result.current.queue.hasMore).toBe(false);
    expect(result.current.all.conversations.some((one) => one.type === 'support')).toBe(false);
  });

  it('says what went wrong, and tries again with the next connection', async () => {
    stage.interfere = () => HttpResponse.json({ error: 'Forbidden', code: 'forbidden' }, { status: 403 });
    const { result } = stage.render(() => useConversations());
    await waitFor(() => expect(result.current.error).toMatchObject({ status: 403, code: 'forbidden' }));
    stage.interfere = () => undefined;
    act(() => result.current.refetch());
    await waitFor(() => expect(result.current.status).toBe('success'));
  });
});

describe('a conversation', () => {
  it('that is not in a list is asked for; one that does not exist is an error', async () => {
    const { result } = stage.render(() => ({
      one: useConversation(stage.id),
      none: useConversation('nowhere'),
      idle: useConversation(null),
    }));
    await waitFor(() => expect(result.current.one.conversation?.id).toBe(stage.id));
    await waitFor(() => expect(result.current.none.error?.status).toBe(404));
    expect(result.current.idle.conversation).toBeNull();
  });

  it('is opened, joined and left', async () => {
    stage.signIn('ann');
    const { result } = stage.render(() => ({
      me: useMe(),
      opening: useOpenConversation(),
      place: useJoinLeave(stage.id),
      one: useConversation(stage.id),
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
    for (let at = 1; at <= 200; at += 1) stage.model.send('bea', stage.id, { content: `text ${at}` });
    const { result } = stage.render(() => useMessages(stage.id));
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
      (_, at) => stage.model.send('bea', stage.id, { content: `text ${at + 1}` }).id,
    );
    const { result } = stage.render(() => useMessages(stage.id));
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
    const { result } = stage.render(() => ({
      thread: useMessages(stage.id),
      send: useSendMessage(stage.id),
    }));
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
    act(() => stage.model.setOnline('bea', true));
    await waitFor(() => expect(result.current.thread.messages[0]?.status).toBe('delivered'));
    act(() => stage.model.markRead('bea', stage.id));
    await waitFor(() => expect(result.current.thread.messages).toMatchObject([{ key, status: 'read' }]));
  });

  it('keeps the text after a 429, says until when, and goes on by itself', async () => {
    stage.interfere = (request) =>
      request.method === 'POST'
        ? HttpResponse.json(
            { error: 'Too Many Requests', code: 'rate_limited' },
            { status: 429, headers: { 'Retry-After': '1' } },
          )
        : undefined;
    const { result } = stage.render(() => ({
      thread: useMessages(stage.id),
      send: useSendMessage(stage.id),
    }));
    await waitFor(() => expect(result.current.thread.status).toBe('success'));
    act(() => void result.current.send.send({ text: 'too fast' }));
    await waitFor(() => expect(result.current.send.blockedUntil).toBeGreaterThan(Date.now()));
    expect(result.current.thread.messages[0]).toMatchObject({
      text: 'too fast',
      status: 'queued',
      problem: { code: 'rate_limited', retryAt: result.current.send.blockedUntil },
    });
    stage.interfere = () => undefined;
    await waitFor(() => expect(result.current.thread.messages[0]?.seq).toBe(1), { timeout: 3_000 });
    expect(result.current.send.blockedUntil).toBeNull();
  });

  it('a refused message stays until it is sent again or taken away', async () => {
    stage.interfere = (request) =>
      request.method === 'POST'
        ? HttpResponse.json({ error: 'Forbidden', code: 'forbidden' }, { status: 403 })
        : undefined;
    const { result } = stage.render(() => ({
      thread: useMessages(stage.id),
      send: useSendMessage(stage.id),
    }));
    await waitFor(() => expect(result.current.thread.status).toBe('success'));
    let keys: string[] = [];
    act(() => {
      keys = ['one', 'two'].map((text) => result.current.send.send({ text }));
    });
    await waitFor(() =>
      expect(result.current.thread.messages.map((one) => one.status)).toEqual(['failed', 'failed']),
    );
    stage.interfere = () => undefined;
    act(() => {
      result.current.send.discard(keys[0] ?? '');
      result.current.send.retry(keys[1] ?? '');
    });
    await waitFor(() => expect(result.current.thread.messages).toMatchObject([{ text: 'two', seq: 1 }]));
  });
});

describe('a conversation about a product', () => {
  it('is found also when it is older than the first page of the list', async () => {
    const more = limits.lookupPage + 1;
    for (let at = 0; at < more; at += 1) stage.model.open('bea', { supplierId: 'bob', productId: `q${at}` });
    const { result } = stage.render(() => useProductConversation('p1', 'buyer_supplier'));
    await waitFor(() => expect(result.current.conversationId).toBe(stage.id));
    const { result: none } = stage.render(() => useProductConversation('p-none', 'buyer_supplier'));
    await waitFor(() => expect(none.current).toMatchObject({ conversationId: null, status: 'success' }));
  });

  it('is not known when the server cannot be asked', async () => {
    stage.interfere = () => HttpResponse.json({ error: 'no', code: 'bad_request' }, { status: 400 });
    const { result } = stage.render(() => useProductConversation('p1', 'buyer_supplier'));
    await waitFor(() => expect(result.current).toMatchObject({ conversationId: null, status: 'error' }));
  });

  it('is opened by its first message as soon as there is a network, once, also after a reload', async () => {
    let isAway = true;
    stage.interfere = () => (isAway ? (HttpResponse.error() as unknown as Response) : undefined);
    stage.signIn('bea');
    const purpose = { supplierId: 'bob', productId: 'p-new' };
    const opened: string[] = [];
    const first = () => useFirstMessages('new p-new', purpose, ({ id }) => opened.push(id));
    const { result } = stage.render(first);
    await waitFor(() => expect(stage.client.me.get()?.id).toBe('bea'));
    act(() => void result.current.send({ text: 'What is your price?' }));
    act(() => void result.current.send({ text: 'And the freight?' }));
    const waiting = [
      ['What is your price?', 'queued'],
      ['And the freight?', 'queued'],
    ];
    const shown = (now: typeof result) => now.current.messages.map(({ text, status }) => [text, status]);
    await waitFor(() => expect(stage.requests).toContain('POST conversations'));
    await waitFor(() => expect(shown(result)).toEqual(waiting));
    cleanup();

    stage.signIn('bea');
    const { result: reloaded } = stage.render(first);
    await waitFor(() => expect(shown(reloaded)).toEqual(waiting));
    isAway = false;
    act(() => stage.client.outbox.get().wake());
    await waitFor(() => expect(opened).toHaveLength(1));
    const texts = () => stage.model.messages('bea', opened[0] ?? '', {})?.messages.map((one) => one.message);
    await waitFor(() => expect(texts()).toEqual(['And the freight?', 'What is your price?']));
    await waitFor(() => expect(reloaded.current.messages).toEqual([]));
    const { conversations } = stage.model.list('bea', {}, null, 100);
    expect(conversations.filter(({ product }) => product?.id === 'p-new')).toHaveLength(1);
  });
});

it('without a network the list is searched and filtered among what is at hand', async () => {
  stage.model.open('bea', { supplierId: 'bob', productId: 'p2' });
  let filter: { q?: string; type?: 'support' } = {};
  const wrapper = stage.render(() => useConversations(filter));
  await waitFor(() => expect(wrapper.result.current.conversations).toHaveLength(2));
  stage.interfere = () => HttpResponse.error() as unknown as Response;
  act(() => stage.tab.setPage({ online: false }));
  act(() => wrapper.result.current.refetch());
  await waitFor(() => expect(wrapper.result.current.status).toBe('error'));
  // What the server has answered before is the whole answer still.
  expect(wrapper.result.current).toMatchObject({ isLocal: false, conversations: { length: 2 } });
  const name = wrapper.result.current.conversations[0]?.participants.buyer.name ?? '';
  filter = { q: `${name.toUpperCase()} ` };
  act(() => wrapper.rerender());
  await waitFor(() => expect(wrapper.result.current.isLocal).toBe(true));
  expect(wrapper.result.current.conversations).toHaveLength(2);
  filter = { q: 'nobody at all' };
  act(() => wrapper.rerender());
  await waitFor(() => expect(wrapper.result.current.conversations).toEqual([]));
  filter = { type: 'support' };
  act(() => wrapper.rerender());
  await waitFor(() => expect(wrapper.result.current.isLocal).toBe(true));
  expect(wrapper.result.current.conversations).toEqual([]);
});
