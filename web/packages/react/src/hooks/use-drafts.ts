import { useMemo } from 'react';
import { useChat, useStore } from '../provider/context.ts';

export interface Draft {
  text: string;
  /** False when the browser cannot store it: then it ends with the page. */
  isKept: boolean;
  setText: (text: string) => void;
  clear: () => void;
}

/** What was typed but not sent, kept per user and conversation, also over a reload. */
export function useDraft(conversationId: string | null): Draft {
  const { drafts } = useChat();
  const text = useStore(drafts.texts).get(conversationId ?? '') ?? '';
  const isKept = !useStore(drafts.unkept).has(conversationId ?? '');
  return useMemo(() => {
    const setText = (next: string) => {
      if (conversationId !== null) drafts.set(conversationId, next);
    };
    return { text, isKept, setText, clear: () => setText('') };
  }, [drafts, conversationId, text, isKept]);
}

/** All drafts with words in them, by conversation id, for the list. */
export function useDrafts(): ReadonlyMap<string, string> {
  const texts = useStore(useChat().drafts.texts);
  return useMemo(() => new Map([...texts].filter(([, text]) => text.trim() !== '')), [texts]);
}
