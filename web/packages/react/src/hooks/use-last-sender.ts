import { useQuery } from '@tanstack/react-query';
import type { Conversation } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { threadOptions } from '../query/options.ts';
import { participantsOf } from '../query/people.ts';

/**
 * Who wrote the newest message; null while that is not known. Sending moves the sender's own read mark to it, so when
 * only one person has read it, they wrote it; when more have, the thread knows, if it was opened.
 */
export function useLastSender(conversation: Conversation): string | null {
  const chat = useChat();
  const { id, lastSeq } = conversation;
  const { data: inThread } = useQuery(
    {
      ...threadOptions(chat, id),
      enabled: false,
      select: ({ messages }) => {
        const newest = messages.at(-1);
        return newest?.seq === lastSeq ? newest.senderId : null;
      },
    },
    chat.queryClient,
  );
  if (inThread != null) return inThread;
  const readers = participantsOf(conversation).filter((person) => person.lastReadSeq >= lastSeq);
  return lastSeq > 0 && readers.length === 1 ? (readers[0]?.id ?? null) : null;
}
