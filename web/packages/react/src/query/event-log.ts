import type { Message } from '../client/types.ts';
import type { ChatEvent } from './apply-event.ts';
import { participantsOf } from './people.ts';

/**
 * Remembers the latest events, so that an answer which was cut before them and arrives after them can be brought up to
 * date. Bounded: a mark that is too old only says so.
 */
export interface EventLog {
  add: (event: ChatEvent) => void;
  mark: () => number;
  /** The messages of this conversation since the mark, or null when they are not remembered any more. */
  messagesSince: (mark: number, conversationId: string) => Message[] | null;
  /** Who came and went since the mark, as far as it is remembered. */
  presenceSince: (mark: number) => PresenceEvent[];
}

type PresenceEvent = ChatEvent & { type: 'online_status' };

export function createEventLog(size: number): EventLog {
  const events: ChatEvent[] = [];
  let total = 0;
  const since = (mark: number): ChatEvent[] | null => {
    const wanted = total - mark;
    return wanted > events.length ? null : events.slice(events.length - wanted);
  };
  return {
    add: (event) => {
      if (messageIn(event) === null && presenceIn(event).length === 0) return;
      events.push(event);
      total += 1;
      if (events.length > size) events.shift();
    },
    mark: () => total,
    messagesSince: (mark, conversationId) =>
      since(mark)?.flatMap((event) => {
        const message = messageIn(event);
        return message?.conversationId === conversationId ? [message] : [];
      }) ?? null,
    presenceSince: (mark) => since(mark)?.flatMap(presenceIn) ?? [],
  };
}

function messageIn(event: ChatEvent): Message | null {
  if (event.type === 'sent') return event.message;
  if (event.type !== 'message') return null;
  return { ...event.payload.message, conversationId: event.payload.conversationId };
}

function presenceIn(event: ChatEvent): PresenceEvent[] {
  if (event.type === 'online_status') return [event];
  if (event.type !== 'conversation_updated') return [];
  return participantsOf(event.payload.conversation).map(({ id, isOnline }) => ({
    type: 'online_status',
    payload: { userId: id, isOnline },
  }));
}
