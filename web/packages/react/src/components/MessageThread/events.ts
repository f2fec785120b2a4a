import type { MembershipEvent, ThreadMessage } from '../../hooks/index.ts';
import type { Labels } from '../../labels/index.ts';
import type { ThreadEvent } from './rows.ts';

/** Who came and went, between the loaded messages; what was further up comes with its page. */
export function eventsBetween(
  messages: readonly ThreadMessage[],
  events: readonly MembershipEvent[],
  isComplete: boolean,
  { thread }: Labels,
): ThreadEvent[] {
  return events.flatMap(({ id, type, name, afterSeq }) => {
    const message = messages.findLast(({ seq }) => seq !== null && seq <= afterSeq);
    if (message === undefined && !isComplete) return [];
    return [{ key: `event ${id}`, afterKey: message?.key ?? null, text: thread[type](name) }];
  });
}
