import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../client/index.ts';
import type { ThreadMessage } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import type { ThreadEvent } from './rows.ts';

/** An administrator who joins or leaves while one looks on, as a line between the messages. */
export function useEvents(
  conversation: Conversation | null,
  messages: readonly ThreadMessage[],
): ThreadEvent[] {
  const { thread } = useLabels();
  const [events, setEvents] = useState<ThreadEvent[]>([]);
  const admin = conversation?.participants.admin ?? null;
  const known = useRef<{ id: string; name: string } | null | undefined>(undefined);
  const newest = useRef<string | null>(null);
  newest.current = messages.at(-1)?.key ?? null;
  const isKnown = conversation !== null;
  const id = admin?.id ?? null;
  const name = admin?.name ?? '';
  useEffect(() => {
    if (!isKnown) return;
    const before = known.current;
    known.current = id === null ? null : { id, name };
    if (before === undefined || before?.id === known.current?.id) return;
    const texts: string[] = [];
    if (before) texts.push(thread.left(before.name));
    if (known.current) texts.push(thread.joined(known.current.name));
    const afterKey = newest.current;
    setEvents((events) => [
      ...events,
      ...texts.map((text, index) => ({ key: `event ${events.length + index}`, afterKey, text })),
    ]);
  }, [isKnown, id, name, thread]);
  return events;
}
