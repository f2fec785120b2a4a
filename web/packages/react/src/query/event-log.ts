import type { Message } from '../client/types.ts';
import type { ChatEvent } from './apply-event.ts';

/**
 * Remembers the latest events, so that an answer which was cut before them and arrives after them can be brought up to
 * date. Bounded: a mark that is too old only says so.
 */
export interface EventLog {
  add: (event: ChatEvent) => void;
  mark: () => number;
  /** The messages of this conversation since the mark, or null when they are not remembered any more. */
  messagesSince: (mark: number, conversationId: string) => Message[] | null;
  /** Whether anything about this conversation was heard since the mark, or might have been. */
  heardSince: (mark: number, conversationId: string) => boolean;
}

export function createEventLog(size: number): EventLog {
  const events: ChatEvent[] = [];
  let total = 0;
  const since = (mark: number): ChatEvent[] | null => {
    const wanted = total - mark;
    return wanted > events.length ? null : events.slice(events.length - wanted);
  };
  return {
    add: (event) => {
      if (conversationsIn(event).length === 0) return;
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
    heardSince: (mark, conversationId) =>
      since(mark)?.some((event) => conversationsIn(event).includes(conversationId)) ?? true,
  };
}

function messageIn(event: ChatEvent): Message | null {
  if (event.type === 'sent') return event.message;
  if (event.type !== 'message') return null;
  return { ...event.payload.message, conversationId: event.payload.conversationId };
}

function conversationsIn(event: ChatEvent): string[] {
  switch (event.type) {
    case 'message':
    case 'read':
      return [event.payload.conversationId];
    case 'sent':
      return [event.message.conversationId];
    case 'conversation_updated':
      return [event.payload.conversation.id];
    default:
      return [];
  }
}
