import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import type { HaggleError } from '../client/errors.ts';
import type { Message, Notification } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { isMuted } from '../query/conversation.ts';
import { keys } from '../query/keys.ts';
import { notificationsOptions } from '../query/options.ts';
import { asError } from './as-error.ts';
import type { LoadStatus } from './results.ts';

export interface NotificationsResult {
  /** Newest first. */
  notifications: readonly Notification[];
  status: LoadStatus;
  error: HaggleError | null;
  /** Without ids, all of them. Rejects with a `HaggleError`. */
  markRead: (ids?: readonly string[]) => Promise<void>;
}

const none: readonly Notification[] = [];

export function useNotifications(): NotificationsResult {
  const chat = useChat();
  const { data, status, error } = useQuery(notificationsOptions(chat), chat.queryClient);
  const markRead = useCallback(
    async (ids?: readonly string[]) => {
      await chat.client.api.markNotificationsRead(ids ?? null);
      chat.refetch({ what: 'notifications' });
    },
    [chat],
  );
  return { notifications: data?.notifications ?? none, status, error: asError(error), markRead };
}

/**
 * Calls back once for each message from somebody else, in one tab only, and not for what is muted: for sounds and browser
 * notifications.
 */
export function useIncomingMessage(onMessage: (message: Message) => void): void {
  const { client, queryClient, onNews } = useChat();
  const latest = useRef(onMessage);
  useEffect(() => {
    latest.current = onMessage;
  });
  useEffect(
    () =>
      onNews((message) => {
        const settings = queryClient.getQueryData(keys.conversations)?.[message.conversationId]?.settings;
        if (client.isLeader() && !isMuted(settings, client.environment.now())) latest.current(message);
      }),
    [client, queryClient, onNews],
  );
}
