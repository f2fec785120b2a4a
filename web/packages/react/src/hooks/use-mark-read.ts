import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { limits } from '../client/limits.ts';
import { type Chat, useChat } from '../provider/context.ts';
import { keys } from '../query/keys.ts';
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
  const marked = useMarkedBefore(chat, id);
  const isNews = readSeq != null && (seq > readSeq || marked.isMarked);
  const isUnread = conversationId !== null && messageId !== null && isNews;

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
        marked.forget();
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
  }, [chat, id, isUnread, messageId, seq, marked.forget]);
}

/**
 * Whether the conversation was marked as unread when it was opened. What is marked while it is open stays so until it is
 * opened the next time: whoever marks it wants to come back.
 */
function useMarkedBefore(chat: Chat, id: string): { isMarked: boolean; forget: () => void } {
  const { data: settings } = useQuery(
    { ...conversationsOptions, select: (all) => all[id]?.settings ?? null, enabled: false },
    chat.queryClient,
  );
  const opened = useRef<{ id: string; isMarked: boolean } | null>(null);
  if (settings !== undefined && opened.current?.id !== id)
    opened.current = { id, isMarked: settings?.isMarkedUnread === true };
  const forget = useCallback(() => {
    if (!opened.current?.isMarked) return;
    opened.current = { id, isMarked: false };
    const known = chat.queryClient.getQueryData(keys.conversations)?.[id]?.settings;
    if (known)
      chat.applyAnswer({
        type: 'settings',
        conversationId: id,
        settings: { ...known, isMarkedUnread: false },
      });
  }, [chat, id]);
  return { isMarked: opened.current?.isMarked === true, forget };
}
