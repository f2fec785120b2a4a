import { useMemo } from 'react';
import { useChat, useStore } from '../provider/context.ts';

export interface Draft {
  text: string;
  setText: (text: string) => void;
  clear: () => void;
}

/** What was typed but not sent, kept per user and conversation, also over a reload. */
export function useDraft(conversationId: string | null): Draft {
  const { drafts } = useChat();
  const text = useStore(drafts.texts).get(conversationId ?? '') ?? '';
  return useMemo(() => {
    const setText = (next: string) => {
      if (conversationId !== null) drafts.set(conversationId, next);
    };
    return { text, setText, clear: () => setText('') };
  }, [drafts, conversationId, text]);
}

/** All drafts, by conversation id, for the list. */
export function useDrafts(): ReadonlyMap<string, string> {
  return useStore(useChat().drafts.texts);
}
