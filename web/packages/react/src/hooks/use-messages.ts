import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { HaggleError } from '../client/errors.ts';
import { useChat, useStore } from '../provider/context.ts';
import { conversationsOptions, presenceOptions, threadOptions } from '../query/options.ts';
import { withPending } from '../query/pending.ts';
import { others, roleIn } from '../query/people.ts';
import { nothingShown, receiptsOf, type Shown, showMessages, showOutbox } from '../query/thread-messages.ts';
import { asError } from './as-error.ts';
import type { LoadStatus, ThreadMessage } from './results.ts';

export interface MessagesResult {
  /** Oldest first, without gaps; messages on their way come last. */
  messages: readonly ThreadMessage[];
  status: LoadStatus;
  error: HaggleError | null;
  hasOlder: boolean;
  /** True after a jump back: the newest messages are not in the list. */
  hasNewer: boolean;
  isLoadingOlder: boolean;
  isLoadingNewer: boolean;
  /**
   * These four reject with a `HaggleError`. When they resolve, the messages are in the cache and rendered right after:
   * scroll in an effect on `messages`, not behind `await`.
   */
  loadOlder: () => Promise<void>;
  loadNewer: () => Promise<void>;
  /** Replaces the list by the messages around this one, unless it is already there. */
  jumpTo: (messageId: string) => Promise<void>;
  /** Replaces the list by the newest page, unless it already ends there. */
  jumpToNewest: () => Promise<void>;
  refetch: () => void;
}

export function useMessages(conversationId: string | null): MessagesResult {
  const chat = useChat();
  const id = conversationId ?? '';
  const query = useQuery({ ...threadOptions(chat, id), enabled: conversationId !== null }, chat.queryClient);
  const messages = useShownMessages(conversationId);
  const older = useLoader(id, chat.threads.loadOlder);
  const newer = useLoader(id, chat.threads.loadNewer);
  const { threads } = chat;
  return {
    messages,
    status: query.status,
    error: asError(query.error),
    hasOlder: query.data?.hasOlder ?? false,
    hasNewer: query.data?.hasNewer ?? false,
    isLoadingOlder: older.isLoading,
    isLoadingNewer: newer.isLoading,
    loadOlder: older.load,
    loadNewer: newer.load,
    jumpTo: useCallback((messageId: string) => threads.jumpTo(id, messageId), [threads, id]),
    jumpToNewest: useCallback(() => threads.jumpToNewest(id), [threads, id]),
    refetch: () => void query.refetch(),
  };
}

/** The stored messages with their ticks, and behind them those on their way. */
function useShownMessages(conversationId: string | null): readonly ThreadMessage[] {
  const chat = useChat();
  const { client, queryClient } = chat;
  const id = conversationId ?? '';
  const me = useStore(client.me)?.id ?? null;
  const outbox = useStore(useStore(client.outbox).state);
  const { data: thread } = useQuery({ ...threadOptions(chat, id), enabled: false }, queryClient);
  const { data: conversation } = useQuery(
    { ...conversationsOptions, select: (all) => all[id], enabled: false },
    queryClient,
  );
  const isInside = conversation === undefined || me === null || roleIn(conversation, me) !== null;
  const lastSeen = useQueries(
    {
      queries: (conversation ? others(conversation, me) : []).map((person) => ({
        ...presenceOptions(chat, person.id),
        // Who comes and goes, nobody tells an administrator who only reads along.
        refetchInterval: isInside ? (false as const) : 30_000,
      })),
      combine: (results) => results.map((result) => result.data?.lastSeen ?? '').join(' '),
    },
    queryClient,
  );
  const pending = useStore(chat.pending.changes);
  const before = useRef<Shown>(nothingShown);
  return useMemo(() => {
    const stored = withPending(thread?.messages ?? [], pending);
    const shown = showMessages(stored, receiptsOf(conversation, me, lastSeen.split(' ')), before.current);
    before.current = shown;
    const newest = new Set(stored.slice(-outboxOverlap).map((message) => message.clientMessageId ?? ''));
    const onTheirWay = showOutbox(outbox, id, conversation, me, newest);
    return onTheirWay.length === 0 ? shown.shown : shown.shown.concat(onTheirWay);
  }, [thread, conversation, me, lastSeen, outbox, id, pending]);
}

/** A message leaves the outbox right after it is stored; only the newest can be in both. */
const outboxOverlap = 100;

function useLoader(
  id: string,
  work: (id: string) => Promise<void>,
): { load: () => Promise<void>; isLoading: boolean } {
  const [loadingId, setLoadingId] = useState<string | null>(null);
  const load = useCallback(async () => {
    setLoadingId(id);
    try {
      await work(id);
    } finally {
      setLoadingId((current) => (current === id ? null : current));
    }
  }, [id, work]);
  return { load, isLoading: loadingId === id };
}
