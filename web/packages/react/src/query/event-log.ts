import type { Conversation, Message } from '../client/types.ts';
import type { ChatEvent } from './apply-event.ts';
import { participantsOf, withParticipant } from './people.ts';

/**
 * Remembers what was heard when, so that an answer which was cut before an event and arrives after it can be brought up
 * to date. Time is a count of requests and events. Bounded: a mark that is too old only says so.
 */
export interface EventLog {
  add: (event: ChatEvent) => void;
  /** Taken before a request; its answer is as old as that. */
  mark: () => number;
  /** The messages of this conversation since the mark, or null when they are not remembered any more. */
  messagesSince: (mark: number, conversationId: string) => Message[] | null;
  /** Who is online has no `rev`: of what events and answers say about a person, the latest counts. */
  presence: (userId: string, told: boolean, mark: number) => boolean;
}

interface Entry {
  at: number;
  message: Message;
}

export function createEventLog(size: number): EventLog {
  const entries: Entry[] = [];
  const online = new Map<string, { at: number; isOnline: boolean }>();
  let now = 0;
  let forgottenAt = 0;

  function remember(message: Message): void {
    entries.push({ at: now, message });
    if (entries.length > size) forgottenAt = entries.shift()?.at ?? forgottenAt;
  }

  function presence(userId: string, told: boolean, at: number): boolean {
    const known = online.get(userId);
    if (known !== undefined && known.at > at) return known.isOnline;
    online.set(userId, { at, isOnline: told });
    return told;
  }

  return {
    add: (event) => {
      now += 1;
      const message = messageIn(event);
      if (message !== null) remember(message);
      if (event.type === 'online_status') presence(event.payload.userId, event.payload.isOnline, now);
      if (event.type !== 'conversation_updated') return;
      for (const { id, isOnline } of participantsOf(event.payload.conversation)) presence(id, isOnline, now);
    },
    mark: () => {
      now += 1;
      return now;
    },
    messagesSince: (mark, conversationId) => {
      if (forgottenAt > mark) return null;
      return entries
        .filter(({ at, message }) => at > mark && message.conversationId === conversationId)
        .map(({ message }) => message);
    },
    presence,
  };
}

function messageIn(event: ChatEvent): Message | null {
  if (event.type === 'sent') return event.message;
  if (event.type !== 'message') return null;
  return { ...event.payload.message, conversationId: event.payload.conversationId };
}

/** The conversation of an answer, with what is known better by now about who is online. */
export function withLatestPresence(told: Conversation, log: EventLog, mark: number): Conversation {
  return participantsOf(told).reduce((conversation, { id, isOnline }) => {
    const latest = log.presence(id, isOnline, mark);
    return latest === isOnline
      ? conversation
      : withParticipant(conversation, id, (participant) => ({ ...participant, isOnline: latest }));
  }, told);
}
