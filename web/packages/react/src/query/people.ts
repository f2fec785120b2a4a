import type { Conversation, Participant, Role } from '../client/types.ts';

const roles: readonly Role[] = ['buyer', 'supplier', 'admin'];

export function participantsOf(conversation: Conversation): Participant[] {
  return roles.flatMap((role) => conversation.participants[role] ?? []);
}

/** Everybody who sits in the conversation, except this one. */
export function others(conversation: Conversation, userId: string | null): Participant[] {
  return participantsOf(conversation).filter((participant) => participant.id !== userId);
}

export function roleIn(conversation: Conversation, userId: string): Role | null {
  return roles.find((role) => conversation.participants[role]?.id === userId) ?? null;
}

/** It asks for an administrator, and none has taken it: what the server's filter `waiting` leaves. */
export function isWaiting({ type, participants }: Conversation): boolean {
  return type !== 'buyer_supplier' && !participants.admin;
}

/** The conversation with one participant changed, or the same object when nothing changes. */
export function withParticipant(
  conversation: Conversation,
  userId: string,
  edit: (participant: Participant) => Participant,
): Conversation {
  const role = roleIn(conversation, userId);
  const before = role === null ? undefined : conversation.participants[role];
  if (role === null || before === undefined || before === null) return conversation;
  const after = edit(before);
  if (after === before) return conversation;
  return { ...conversation, participants: { ...conversation.participants, [role]: after } };
}
