import type { Conversation, Me, Participant, Role } from '../client/index.ts';
import type { Labels } from '../labels/index.ts';

export interface Person extends Participant {
  role: Role;
}

/** Everybody in the conversation: buyer, supplier, administrator. */
export function peopleIn({ participants }: Conversation): Person[] {
  const { buyer, supplier, admin } = participants;
  const people: Person[] = [{ ...buyer, role: 'buyer' }];
  if (supplier) people.push({ ...supplier, role: 'supplier' });
  if (admin) people.push({ ...admin, role: 'admin' });
  return people;
}

/** Everybody but the reader; empty for a support request that nobody has taken. */
export function othersIn(conversation: Conversation, me: Me | null): Person[] {
  return peopleIn(conversation).filter((person) => person.id !== me?.id);
}

/** Whom the conversation is with: the trading partners, else the administrator, else nobody yet. */
export function namedIn(conversation: Conversation, me: Me | null): Person[] {
  const others = othersIn(conversation, me);
  const traders = others.filter((person) => person.role !== 'admin');
  return traders.length > 0 ? traders : others;
}

/** The same in words. */
export function titleOf(conversation: Conversation, me: Me | null, labels: Labels): string {
  const named = namedIn(conversation, me);
  return named.length > 0 ? named.map((person) => person.name).join(' · ') : labels.type.support;
}

/** An administrator who looks at a conversation without having joined it. */
export function isReadingAlong(conversation: Conversation, me: Me | null): boolean {
  return me !== null && !peopleIn(conversation).some((person) => person.id === me.id);
}

/** Whether messages of the reader would be taken there, as far as anybody can know before. */
export function mayWriteIn(conversation: Conversation, me: Me | null): boolean {
  return !isReadingAlong(conversation, me) && conversation.closedAt == null && conversation.blockedBy == null;
}
