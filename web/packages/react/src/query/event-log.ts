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
  /** What this conversation has told since the mark, or null when it is not remembered any more. */
  since: (mark: number, conversationId: string) => Heard[] | null;
  /** Who is online has no `rev`: of what events and answers say about a person, the latest counts. */
  presence: (userId: string, told: boolean, mark: number) => boolean;
}

export interface Heard {
  conversationId: string;
  /** 0: not an event, and it says nothing of what else there was. */
  rev: number;
  /** As it is by then. */
  message: Message | null;
}

type Entry = Heard & { at: number };

export function createEventLog(size: number): EventLog {
  const entries: Entry[] = [];
  const online = new Map<string, { at: number; isOnline: boolean }>();
  let now = 0;
  let forgottenAt = 0;

  function remember(heard: Heard): void {
    entries.push({ at: now, ...heard });
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
      const heard = heardIn(event);
      if (heard !== null) remember(heard);
      if (event.type === 'online_status') presence(event.payload.userId, event.payload.isOnline, now);
      if (event.type !== 'conversation_updated') return;
      for (const { id, isOnline } of participantsOf(event.payload.conversation)) presence(id, isOnline, now);
    },
    mark: () => {
      now += 1;
      return now;
    },
    since: (mark, conversationId) => {
      if (forgottenAt > mark) return null;
      return entries.filter((entry) => entry.at > mark && entry.conversationId === conversationId);
    },
    presence,
  };
}

function heardIn(event: ChatEvent): Heard | null {
  switch (event.type) {
    case 'sent':
      return { conversationId: event.message.conversationId, rev: 0, message: event.message };
    case 'message':
    case 'message_updated': {
      const { conversationId, rev, message } = event.payload;
      return { conversationId, rev, message: { ...message, conversationId } };
    }
    case 'read':
    case 'conversation_updated':
      return { conversationId: event.payload.conversationId, rev: event.payload.rev, message: null };
    default:
      return null;
  }
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
