import { act, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { limits } from '../client/limits.ts';
import { defaultServerLimits } from '../client/server-limits.ts';
import { setStage } from '../testing/stage.tsx';
import {
  useConnection,
  useConversation,
  useConversations,
  useDraft,
  useFirstUnread,
  useIncomingMessage,
  useLimits,
  useMarkRead,
  useMe,
  useMessages,
  usePresence,
  useTyping,
  useUnreadCount,
  useUpload,
} from './index.ts';

const stage = setStage();
const online = () => waitFor(() => expect(stage.client.connection.get().status).toBe('online'));
const write = (text: string, from = 'bea') =>
  act(async () => void stage.model.send(from, stage.id, { content: text }));

describe('reading', () => {
  const patches = () => stage.requests.filter((request) => request.startsWith('PATCH'));

  it('counts only on a visible, focused screen', async () => {
    const messages = ['one', 'two'].map((content) => stage.model.send('bea', stage.id, { content }));
    const newest = { id: messages[1]?.id ?? '', seq: 2 };
    stage.tab.setPage({ focused: false });
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { result } = stage.render(() => {
      useMarkRead(stage.id, newest);
      return { unread: useUnreadCount(), one: useConversation(stage.id), line: useFirstUnread(stage.id) };
    });
    await waitFor(() => expect(result.current.unread).toBe(2));
    expect(result.current.line).toMatchObject({ seq: 1, count: 2 });
    await act(() => vi.advanceTimersByTimeAsync(limits.markReadDelayMs * 10));
    expect(patches()).toEqual([]);
    act(() => stage.tab.setPage({ focused: true }));
    await waitFor(() => expect(result.current.unread).toBe(0));
    expect(patches()).toEqual([`PATCH conversations/${stage.id}/read`]);
    expect(result.current.one.conversation?.lastReadSeq).toBe(2);
    expect(result.current.line).toMatchObject({ seq: 1, count: 2 });
  });
});

describe('the "new messages" line', () => {
  it('is there with the first frame of a conversation that is known, so that it opens there', async () => {
    for (const content of ['one', 'two']) stage.model.send('bea', stage.id, { content });
    const lines: (number | null)[] = [];
    const { result } = stage.render(() => {
      const { conversation } = useConversation(stage.id);
      const line = useFirstUnread(stage.id);
      if (conversation) lines.push(line?.seq ?? null);
      return conversation;
    });
    await waitFor(() => expect(result.current).not.toBeNull());
    expect(lines[0]).toBe(1);
  });
});

describe('people', () => {
  it('type, and stop by themselves', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { result } = stage.render(() => ({ typing: useTyping(stage.id), one: useConversation(stage.id) }));
    await online();
    await waitFor(() => expect(result.current.one.conversation).not.toBeNull());
    act(() => stage.model.typing('bea', stage.id, true));
    await waitFor(() =>
      expect(result.current.typing.people).toEqual([{ userId: 'bea', name: 'Name of bea' }]),
    );
    await act(() => vi.advanceTimersByTimeAsync(limits.typingExpiresMs));
    expect(result.current.typing.people).toEqual([]);
  });

  it('are told of our typing every few seconds, and of its end', async () => {
    const { result } = stage.render(() => useTyping(stage.id));
    await online();
    act(() => {
      for (const _ of 'hello') result.current.onType();
      result.current.onStop();
      result.current.onStop();
    });
    await waitFor(() =>
      expect(
        stage.gateway
          .received()
          .filter((frame) => frame.type === 'typing')
          .map((frame) => frame.payload),
      ).toEqual([
        { conversationId: stage.id, isTyping: true },
        { conversationId: stage.id, isTyping: false },
      ]),
    );
  });

  it('come and go', async () => {
    const { result } = stage.render(() => usePresence('bea'));
    await waitFor(() => expect(result.current).toEqual({ isOnline: false, lastSeen: null }));
    await online();
    act(() => stage.model.setOnline('bea', true));
    await waitFor(() => expect(result.current?.isOnline).toBe(true));
  });

  it('come and go also before an administrator who only reads along, in a conversation of no list', async () => {
    stage.signIn('ann');
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const { result } = stage.render(() => ({ one: useConversation(stage.id), all: useMessages(stage.id) }));
    const isThere = () => result.current.one.conversation?.participants.buyer.isOnline;
    await waitFor(() => expect(isThere()).toBe(false));
    await online();
    act(() => stage.model.setOnline('bea', true));
    await act(() => vi.advanceTimersByTimeAsync(30_000));
    await waitFor(() => expect(isThere()).toBe(true));
    act(() => stage.model.setOnline('bea', false));
    await act(() => vi.advanceTimersByTimeAsync(30_000));
    await waitFor(() => expect(isThere()).toBe(false));
  });

  it('are not known while this page is offline, and again when it is back', async () => {
    const { result } = stage.render(() => usePresence('bea'));
    await online();
    act(() => stage.model.setOnline('bea', true));
    await waitFor(() => expect(result.current?.isOnline).toBe(true));
    act(() => stage.tab.setPage({ online: false }));
    expect(result.current).toBeNull();
    act(() => stage.tab.setPage({ online: true }));
    await waitFor(() => expect(result.current?.isOnline).toBe(true));
  });
});

describe('around it', () => {
  it('an incoming message is announced once, and none that was missed', async () => {
    const heard: string[] = [];
    const { result } = stage.render(() => {
      useIncomingMessage((message) => heard.push(message.message));
      return useConversations();
    });
    await waitFor(() => expect(result.current.status).toBe('success'));
    await online();
    await write('news');
    await write('my own', 'bob');
    act(() => stage.gateway.closeAll(1006));
    stage.model.send('bea', stage.id, { content: 'missed' });
    await online();
    await write('more news');
    await waitFor(() => expect(heard).toEqual(['news', 'more news']));
  });

  it('the connection is told, and taken back by hand', async () => {
    const { result } = stage.render(() => useConnection());
    await waitFor(() => expect(result.current.status).toBe('online'));
    act(() => stage.gateway.closeAll(4409));
    expect(result.current.status).toBe('replaced');
    act(() => result.current.reconnect());
    await waitFor(() => expect(result.current.status).toBe('online'));
  });

  it('drafts are kept per conversation', async () => {
    const { result } = stage.render(() => ({
      here: useDraft(stage.id),
      there: useDraft('other'),
      me: useMe(),
    }));
    await waitFor(() => expect(result.current.me).not.toBeNull());
    act(() => result.current.here.setText('half'));
    expect([result.current.here.text, result.current.there.text]).toEqual(['half', '']);
    act(() => result.current.here.clear());
    expect(result.current.here.text).toBe('');
  });

  it('what may be sent is told by the server', async () => {
    const { result } = stage.render(() => useLimits());
    expect(result.current).toEqual(defaultServerLimits);
    await waitFor(() =>
      expect(result.current.attachmentTypes).toEqual([{ type: 'application/pdf', endings: ['pdf'] }]),
    );
  });

  it('files are uploaded, refused early when they cannot work, and removed', async () => {
    const { result } = stage.render(() => useUpload(stage.id));
    const big = new File(['x'], 'big.pdf');
    Object.defineProperty(big, 'size', { value: defaultServerLimits.attachmentBytes + 1 });
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
