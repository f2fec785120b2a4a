import { useCallback, useMemo } from 'react';
import type * as hooks from '../../hooks/index.ts';
import { plainMessage } from '../../hooks/results.ts';
import { getScene, setScene, useScene } from './scene.ts';

/* The hooks of the messages of one conversation. */

const nothing = () => undefined;
const noMessages: hooks.ThreadMessage[] = [];

export const useMessages: typeof hooks.useMessages = (id) => {
  const { messages, threadStatus, hasOlder, isLoadingOlder, problem } = useScene();
  const loadOlder = useCallback(async () => addOlder(id ?? ''), [id]);
  const soon = useCallback(async () => undefined, []);
  return {
    messages: threadStatus === 'success' ? (messages[id ?? ''] ?? noMessages) : noMessages,
    status: threadStatus,
    error: problem,
    hasOlder,
    hasNewer: false,
    isLoadingOlder,
    isLoadingNewer: false,
    loadOlder,
    loadNewer: soon,
    jumpTo: soon,
    jumpToNewest: soon,
    refetch: nothing,
  };
};

async function addOlder(id: string): Promise<void> {
  if (getScene().isLoadingOlder || !getScene().olderPage) return;
  setScene({ isLoadingOlder: true });
  await new Promise((done) => setTimeout(done, 60));
  const { messages, olderPage } = getScene();
  const loaded = messages[id] ?? [];
  const page = olderPage?.(loaded[0]) ?? [];
  const hasOlder = (page[0]?.seq ?? 1) > 1;
  setScene({ messages: { ...messages, [id]: [...page, ...loaded] }, isLoadingOlder: false, hasOlder });
}

export const useSendMessage: typeof hooks.useSendMessage = (id) => {
  const { blockedUntil } = useScene();
  const send = useCallback((message: hooks.NewMessage) => addMessage(id, message), [id]);
  const discard = useCallback(
    (key: string) => change(id, (all) => all.filter((each) => each.key !== key)),
    [id],
  );
  const retry = useCallback(
    (key: string) =>
      change(id, (all) =>
        all.map((each) => (each.key === key ? { ...each, status: 'sending', problem: null } : each)),
      ),
    [id],
  );
  const edit = useCallback(
    (key: string, { text, files = [] }: hooks.NewMessage) => {
      change(id, (all) =>
        all.map((each) =>
          each.key === key ? { ...each, text, files, status: 'sending', problem: null } : each,
        ),
      );
      return key;
    },
    [id],
  );
  return { send, retry, edit, discard, blockedUntil };
};

function addMessage(id: string, { text, files = [], replyTo }: hooks.NewMessage): string {
  const key = `sent ${Math.random()}`;
  const { me } = getScene();
  const message: hooks.ThreadMessage = {
    key,
    id: null,
    seq: null,
    conversationId: id,
    senderId: me?.id ?? null,
    senderName: 'Me',
    senderType: me?.role ?? 'buyer',
    isMine: true,
    text,
    files,
    createdAt: new Date().toISOString(),
    status: 'sending',
    problem: null,
    ...plainMessage,
    replyTo: replyTo ?? null,
  };
  change(id, (all) => [...all, message]);
  return key;
}

function change(id: string, how: (all: hooks.ThreadMessage[]) => hooks.ThreadMessage[]): void {
  const { messages } = getScene();
  setScene({ messages: { ...messages, [id]: how(messages[id] ?? []) } });
}

export const useMessageActions: typeof hooks.useMessageActions = (id) => {
  const to = useCallback(
    async (messageId: string, edit: (message: hooks.ThreadMessage) => Partial<hooks.ThreadMessage>) => {
      const { refusal } = getScene();
      if (refusal) throw refusal;
      change(id, (all) => all.map((each) => (each.id === messageId ? { ...each, ...edit(each) } : each)));
    },
    [id],
  );
  return useMemo(
    () => ({
      react: (messageId, emoji, isOn) =>
        to(messageId, ({ reactions }) => {
          const before = reactions.find((one) => one.emoji === emoji)?.userIds ?? [];
          const others = before.filter((one) => one !== getScene().me?.id);
          const userIds = isOn ? [...others, getScene().me?.id ?? ''] : others;
          const rest = reactions.filter((one) => one.emoji !== emoji);
          return { reactions: userIds.length > 0 ? [...rest, { emoji, userIds }] : rest };
        }),
      correct: (messageId, text) => to(messageId, () => ({ text, editedAt: new Date().toISOString() })),
      takeBack: (messageId) =>
        to(messageId, ({ senderId }) => ({
          text: '',
          files: [],
          reactions: [],
          deletedAt: new Date().toISOString(),
          deletedBy: getScene().me?.role === 'admin' ? (getScene().me?.id ?? null) : senderId,
        })),
    }),
    [to],
  );
};

export const useFirstMessages: typeof hooks.useFirstMessages = (name) => {
  const { send, retry, discard } = useSendMessage(name);
  return { messages: useScene().messages[name] ?? noMessages, send, retry, discard };
};
