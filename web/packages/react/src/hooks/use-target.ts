import { useCallback, useMemo } from 'react';
import { useChat, useStore } from '../provider/context.ts';

export interface TargetResult {
  /** The message that somebody wants to see; each wish is another object. */
  target: { messageId: string } | null;
  /** It is shown. */
  done: () => void;
}

/** The message at which a conversation shall open: of a search, a link, a notification or a reply. */
export function useTarget(conversationId: string): TargetResult {
  const { targets } = useChat();
  const target = useStore(targets).get(conversationId) ?? null;
  const done = useCallback(() => {
    const next = new Map(targets.get());
    if (next.delete(conversationId)) targets.set(next);
  }, [targets, conversationId]);
  return useMemo(() => ({ target, done }), [target, done]);
}

/** Makes the thread of a conversation go to a message, as soon as it is open. */
export function useGoTo(): (conversationId: string, messageId: string) => void {
  const { targets } = useChat();
  return useCallback(
    (conversationId, messageId) => targets.set(new Map(targets.get()).set(conversationId, { messageId })),
    [targets],
  );
}
