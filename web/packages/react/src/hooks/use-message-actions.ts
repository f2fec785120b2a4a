import { useMemo } from 'react';
import type { Message } from '../client/types.ts';
import { type Chat, useChat } from '../provider/context.ts';
import type { PendingChange } from '../query/pending.ts';

export interface MessageActions {
  /**
   * These three show what was done at once. When the server does not take it they take it back, and reject with a
   * `HaggleError`.
   */
  react: (messageId: string, emoji: string, isOn: boolean) => Promise<void>;
  correct: (messageId: string, text: string) => Promise<void>;
  /** Administrators say why. */
  takeBack: (messageId: string, reason?: string) => Promise<void>;
}

/** What people do with a message that is there. */
export function useMessageActions(conversationId: string): MessageActions {
  const chat = useChat();
  return useMemo(() => {
    const { api, me, environment } = chat.client;
    const userId = () => me.get()?.id ?? '';
    const at = () => new Date(environment.now()).toISOString();
    return {
      react: (id, emoji, isOn) =>
        change(chat, conversationId, id, { kind: 'react', emoji, isOn, userId: userId() }, () =>
          api.react(conversationId, id, emoji, isOn),
        ),
      correct: (id, text) =>
        change(chat, conversationId, id, { kind: 'correct', text, at: at() }, () =>
          api.correctMessage(conversationId, id, text),
        ),
      takeBack: (id, reason) =>
        change(chat, conversationId, id, { kind: 'take-back', userId: userId(), at: at() }, () =>
          api.takeBackMessage(conversationId, id, reason),
        ),
    };
  }, [chat, conversationId]);
}

async function change(
  chat: Chat,
  conversationId: string,
  messageId: string,
  pending: PendingChange,
  call: () => Promise<Message>,
): Promise<void> {
  const mark = chat.log.mark();
  const drop = chat.pending.add(messageId, pending);
  try {
    const message = await call();
    // An event that came meanwhile is as new as this answer, or newer.
    const heard = chat.log.since(mark, conversationId);
    if (heard !== null && !heard.some((one) => one.message?.id === messageId))
      chat.applyAnswer({ type: 'changed', message: { ...message, conversationId } });
  } finally {
    drop();
  }
}
