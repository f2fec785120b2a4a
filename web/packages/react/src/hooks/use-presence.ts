import { useQuery } from '@tanstack/react-query';
import { useChat } from '../provider/context.ts';
import { presenceOptions } from '../query/options.ts';
import { useIsCutOff } from './use-is-cut-off.ts';

export interface Presence {
  isOnline: boolean;
  /** RFC 3339, null when never seen. */
  lastSeen: string | null;
}

/** Null until it is known, without a connection, and for people who share no conversation with the reader. */
export function usePresence(userId: string | null): Presence | null {
  const chat = useChat();
  const isCutOff = useIsCutOff();
  const { data } = useQuery(
    { ...presenceOptions(chat, userId ?? ''), enabled: userId !== null },
    chat.queryClient,
  );
  return data === undefined || isCutOff ? null : { isOnline: data.isOnline, lastSeen: data.lastSeen ?? null };
}
