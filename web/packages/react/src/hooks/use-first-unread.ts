import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Conversation } from '../client/types.ts';
import { useChat, useStore } from '../provider/context.ts';
import { conversationsOptions, threadOptions } from '../query/options.ts';

export interface FirstUnread {
  seq: number;
  count: number;
}

interface Line extends FirstUnread {
  conversationId: string;
}

/**
 * Where the "new messages" line goes: fixed when the conversation is opened, or when something arrives that nobody is
 * looking at; gone once the reader has answered.
 */
export function useFirstUnread(conversationId: string | null): FirstUnread | null {
  const chat = useChat();
  const { page } = chat.client.environment;
  const id = conversationId ?? '';
  const me = useStore(chat.client.me)?.id ?? null;
  const { data: conversation } = useQuery(
    { ...conversationsOptions, select: (all) => all[id], enabled: false },
    chat.queryClient,
  );
  const { data: thread } = useQuery({ ...threadOptions(chat, id), enabled: false }, chat.queryClient);
  const [before, setLine] = useState<Line | null>(null);
  // While drawing, not behind it: a thread that is known already opens at the line with its first frame.
  const line = conversation ? nextLine(before, conversation, page.isVisible() && page.isFocused()) : before;
  if (line !== before) setLine(line);

  if (line === null || line.conversationId !== id || line.count === 0) return null;
  const newest = thread?.messages.at(-1);
  const answered = newest !== undefined && newest.senderId === me && newest.seq >= line.seq;
  return answered ? null : line;
}

/** A count of 0 remembers that the conversation was opened with nothing unread. */
function nextLine(before: Line | null, conversation: Conversation, isWatched: boolean): Line | null {
  const { id, unreadCount, lastReadSeq } = conversation;
  const isOpening = before?.conversationId !== id;
  if (!isOpening && (isWatched || unreadCount === 0)) return before;
  const line = { conversationId: id, seq: (lastReadSeq ?? 0) + 1, count: unreadCount };
  return before !== null && before.seq === line.seq && before.count === line.count && !isOpening
    ? before
    : line;
}
