import { useQuery } from '@tanstack/react-query';
import { useChat } from '../provider/context.ts';
import { unreadCountOptions } from '../query/options.ts';

/** Over all conversations; 0 until known. */
export function useUnreadCount(): number {
  const chat = useChat();
  return useQuery(unreadCountOptions(chat), chat.queryClient).data ?? 0;
}
