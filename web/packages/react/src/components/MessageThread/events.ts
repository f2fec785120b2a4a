import type { ConversationEvent, ThreadMessage } from '../../hooks/index.ts';
import type { Labels } from '../../labels/index.ts';
import type { ThreadEvent } from './rows.ts';

/** Where the loaded messages lie in the conversation. */
interface Stretch {
  messages: readonly ThreadMessage[];
  hasOlder: boolean;
  hasNewer: boolean;
}

/** Who came and went, between the loaded messages; what was further up or down comes with its page. */
export function eventsBetween(
  { messages, hasOlder, hasNewer }: Stretch,
  events: readonly ConversationEvent[],
  { thread, common }: Labels,
): ThreadEvent[] {
  const newest = messages.findLast(({ seq }) => seq !== null);
  return events.flatMap((event) => {
    const message = messages.findLast((each) => isBefore(each, event));
    if (message === undefined && hasOlder) return [];
    if (hasNewer && message === newest && event.seq !== newest?.seq) return [];
    const text = thread[event.type](event.actorName ?? common.formerAdmin);
    return [{ key: `event ${event.id}`, afterKey: message?.key ?? null, text }];
  });
}

function isBefore({ seq, createdAt }: ThreadMessage, event: ConversationEvent): boolean {
  if (seq === null) return false;
  return event.seq === null ? createdAt <= event.createdAt : seq <= event.seq;
}
