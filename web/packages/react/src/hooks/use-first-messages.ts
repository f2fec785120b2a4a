import { useEffect, useMemo, useRef } from 'react';
import type { NewMessage } from '../client/outbox/outbox.ts';
import type { Conversation, OpenConversation } from '../client/types.ts';
import { useChat, useStore } from '../provider/context.ts';
import { showOutbox } from '../query/thread-messages.ts';
import type { ThreadMessage } from './results.ts';

export interface FirstMessagesResult {
  /** What waits for the conversation, oldest first. */
  messages: readonly ThreadMessage[];
  /** Waits like any other message, also over a reload; the conversation is opened right before it is sent. */
  send: (message: NewMessage) => void;
  retry: (key: string) => void;
  discard: (key: string) => void;
}

const none: ReadonlySet<string> = new Set();

/** Messages to a conversation that does not exist yet, written while it cannot be opened. `name` is that of its draft. */
export function useFirstMessages(
  name: string,
  purpose: OpenConversation,
  onOpened: (conversation: Conversation) => void,
): FirstMessagesResult {
  const { client } = useChat();
  const me = useStore(client.me)?.id ?? null;
  const outbox = useStore(client.outbox);
  const state = useStore(outbox.state);
  const latest = useRef({ purpose, onOpened });
  latest.current = { purpose, onOpened };
  useEffect(
    () =>
      client.onOpened((opened) => {
        if (opened.name === name) latest.current.onOpened(opened.conversation);
      }),
    [client, name],
  );
  const messages = useMemo(() => showOutbox(state, name, undefined, me, none), [state, name, me]);
  return {
    messages,
    send: (message) => outbox.addFirst(name, latest.current.purpose, message),
    retry: outbox.retry,
    discard: outbox.discard,
  };
}
