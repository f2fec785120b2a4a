import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { limits } from '../client/limits.ts';
import { useChat } from '../provider/context.ts';
import type { Typing } from '../query/keys.ts';
import { conversationsOptions, typingOptions } from '../query/options.ts';
import { participantsOf } from '../query/people.ts';

export interface TypingPerson {
  userId: string;
  name: string;
}

export interface TypingResult {
  /** Who else is typing here now. */
  people: readonly TypingPerson[];
  /** Call on every change of the text; sends at most one frame every few seconds. */
  onType: () => void;
  /** Call when the text was sent or emptied. */
  onStop: () => void;
}

export function useTyping(conversationId: string | null): TypingResult {
  const { client } = useChat();
  const people = useTypingPeople(conversationId ?? '');
  const saidAt = useRef<{ conversationId: string; at: number } | null>(null);

  const onStop = useCallback(() => {
    const said = saidAt.current;
    saidAt.current = null;
    if (said === null) return;
    client.sendFrame({ type: 'typing', payload: { conversationId: said.conversationId, isTyping: false } });
  }, [client]);

  const onType = useCallback(() => {
    if (conversationId === null) return;
    const now = client.environment.now();
    const said = saidAt.current;
    if (said?.conversationId === conversationId && now - said.at < limits.typingRepeatMs) return;
    saidAt.current = { conversationId, at: now };
    client.sendFrame({ type: 'typing', payload: { conversationId, isTyping: true } });
  }, [client, conversationId]);

  // Whoever leaves the conversation does not type in it any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the conversation is what ends it
  useEffect(() => onStop, [conversationId, onStop]);
  return useMemo(() => ({ people, onType, onStop }), [people, onType, onStop]);
}

function useTypingPeople(conversationId: string): readonly TypingPerson[] {
  const { client, queryClient } = useChat();
  const { now } = client.environment;
  const { data: typing } = useQuery(typingOptions(conversationId), queryClient);
  const { data: conversation } = useQuery(
    { ...conversationsOptions, select: (all) => all[conversationId], enabled: false },
    queryClient,
  );
  const expired = useExpiry(typing, now);
  return useMemo(() => {
    const names = new Map(
      (conversation ? participantsOf(conversation) : []).map(({ id, name }) => [id, name]),
    );
    return Object.entries(typing ?? {})
      .filter(([, until]) => until > expired)
      .map(([userId]) => ({ userId, name: names.get(userId) ?? '' }));
  }, [typing, conversation, expired]);
}

/** The time of the latest expiry so far: nothing else may happen when somebody just stops. */
function useExpiry(typing: Typing | undefined, now: () => number): number {
  const [expired, setExpired] = useState(0);
  useEffect(() => {
    const ahead = Object.values(typing ?? {}).filter((until) => until > expired);
    if (ahead.length === 0) return;
    const next = Math.min(...ahead);
    const timer = setTimeout(() => setExpired(next), Math.max(0, next - now()));
    return () => clearTimeout(timer);
  }, [typing, expired, now]);
  return expired;
}
