import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { limits } from '../client/limits.ts';
import { useChat } from '../provider/context.ts';
import { conversationsOptions } from '../query/options.ts';

/**
 * Marks the conversation as read up to the newest message that is on screen, but only while the page is visible and
 * has the focus; otherwise it waits until it is. Does nothing for an administrator who has not joined.
 */
export function useMarkRead(
  conversationId: string | null,
  newestSeen: { id: string; seq: number } | null,
): void {
  const chat = useChat();
  const id = conversationId ?? '';
  const { data: readSeq } = useQuery(
    { ...conversationsOptions, select: (all) => all[id]?.lastReadSeq ?? null, enabled: false },
    chat.queryClient,
  );
  const messageId = newestSeen?.id ?? null;
  const seq = newestSeen?.seq ?? 0;
  const isUnread = conversationId !== null && messageId !== null && readSeq != null && seq > readSeq;

  useEffect(() => {
    if (!isUnread || messageId === null) return;
    const { api, environment } = chat.client;
    const { page } = environment;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let attempts = 0;

    const plan = (delayMs: number) => {
      clearTimeout(timer);
      if (page.isVisible() && page.isFocused()) timer = setTimeout(mark, delayMs);
    };
    const mark = async () => {
      attempts += 1;
      try {
        await api.markRead(id, messageId);
        chat.apply({ type: 'seen', conversationId: id, seq });
      } catch {
        // Looking at the page again, or the next message, tries again; so do we, a few times.
        if (attempts < limits.markReadAttempts) plan(limits.markReadDelayMs * 2 ** (attempts + 2));
      }
    };
    plan(limits.markReadDelayMs);
    const unwatch = page.watch(() => plan(limits.markReadDelayMs));
    return () => {
      clearTimeout(timer);
      unwatch();
    };
  }, [chat, id, isUnread, messageId, seq]);
}
