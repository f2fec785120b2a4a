import type { Conversation } from '../client/types.ts';
import type { Draft } from './draft.ts';
import { keys, type MembershipEvent } from './keys.ts';

/** Of one conversation; who came and went before that is for the audit. */
const KEPT = 50;

/** Writes down when the administrator's place changes hands, behind the message that is the newest then. */
export function noteMembership(draft: Draft, before: Conversation | undefined, after: Conversation): void {
  const [left, joined] = [before?.participants.admin, after.participants.admin];
  // Of a conversation that nobody knew before, nobody saw anybody come.
  if (before === undefined || left?.id === joined?.id) return;
  const known = draft.get(keys.events(after.id)) ?? [];
  const event = (type: MembershipEvent['type'], name: string): MembershipEvent => ({
    id: `${type} ${after.rev}`,
    type,
    name,
    afterSeq: after.lastSeq,
  });
  const events = [...known];
  if (left) events.push(event('left', left.name));
  if (joined) events.push(event('joined', joined.name));
  draft.set(keys.events(after.id), events.slice(-KEPT));
}
