import { useEffect, useMemo, useState } from 'react';
import type { NewMessage } from '../client/outbox/outbox.ts';
import { useChat, useStore } from '../provider/context.ts';

export type { NewMessage };

export interface SendMessageResult {
  /** Shows the message at once and sends it as soon as possible; returns its `key` in the thread. */
  send: (message: NewMessage) => string;
  /** Sends a failed message again. */
  retry: (key: string) => void;
  /** Sends a failed message with other words or files; returns its `key` then. */
  edit: (key: string, message: NewMessage) => string;
  /** Removes a message that has not been sent. */
  discard: (key: string) => void;
  /** After a 429: when sending goes on, in milliseconds since 1970. */
  blockedUntil: number | null;
}

export function useSendMessage(conversationId: string): SendMessageResult {
  const { client, threads } = useChat();
  const outbox = useStore(client.outbox);
  const blockedUntil = useFuture(useStore(outbox.state).blockedUntil, client.environment.now);
  return useMemo(
    () => ({
      send: (message) => {
        // One's own message is always seen, also after a jump far back.
        threads.jumpToNewest(conversationId).catch(() => {});
        return outbox.add(conversationId, message);
      },
      retry: outbox.retry,
      edit: outbox.edit,
      discard: outbox.discard,
      blockedUntil,
    }),
    [conversationId, threads, outbox, blockedUntil],
  );
}

/** A time while it lies ahead, null from then on. */
function useFuture(time: number, now: () => number): number | null {
  const [past, setPast] = useState(0);
  const isAhead = time > now() && past !== time;
  useEffect(() => {
    if (!isAhead) return;
    const timer = setTimeout(() => setPast(time), time - now());
    return () => clearTimeout(timer);
  }, [isAhead, time, now]);
  return isAhead ? time : null;
}
