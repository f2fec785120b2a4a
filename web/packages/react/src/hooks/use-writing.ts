import { useMemo } from 'react';
import type { ReplyTo } from '../client/types.ts';
import { useChat, useStore } from '../provider/context.ts';

/** What the composer is used for, beside a message of its own. */
export type Writing =
  | { kind: 'reply'; to: ReplyTo }
  /** `text` is what the message says now. */
  | { kind: 'correct'; messageId: string; text: string };

export interface WritingResult {
  writing: Writing | null;
  set: (writing: Writing | null) => void;
}

/** Whether the composer answers a message or corrects one. Kept like a draft, so it survives a reload with its words. */
export function useWriting(conversationId: string | null): WritingResult {
  const { drafts } = useChat();
  const name = `writing ${conversationId}`;
  const kept = useStore(drafts.texts).get(name) ?? '';
  return useMemo(
    () => ({
      writing: parse(kept),
      set: (writing) => drafts.set(name, writing === null ? '' : JSON.stringify(writing)),
    }),
    [drafts, name, kept],
  );
}

/** Two tabs may have written at once: what is no longer readable is nothing. */
function parse(kept: string): Writing | null {
  if (kept === '') return null;
  try {
    const read = JSON.parse(kept) as Writing;
    return read.kind === 'reply' || read.kind === 'correct' ? read : null;
  } catch {
    return null;
  }
}
