import type { Me, ServerLimits } from '../../client/index.ts';
import type { ThreadMessage } from '../../hooks/index.ts';

const isWithin = ({ createdAt }: ThreadMessage, minutes: number, now: number) =>
  now - Date.parse(createdAt) < minutes * 60_000;

/** What the reader may do with a message; the server decides in the end. */
export interface Rights {
  mayAnswer: boolean;
  mayCorrect: boolean;
  mayTakeBack: boolean;
  /** Takes back what somebody else wrote, or what is too old. */
  isModerator: boolean;
  mayReport: boolean;
}

export function rightsOn(
  message: ThreadMessage,
  { me, limits, mayWrite, now }: { me: Me | null; limits: ServerLimits; mayWrite: boolean; now: number },
): Rights {
  const isThere = message.id !== null && message.deletedAt === null && message.kind !== 'system';
  const isOwn = isThere && message.isMine;
  const isAdmin = me?.role === 'admin';
  const mayTakeOwn = isOwn && message.kind === 'text' && isWithin(message, limits.retractMinutes, now);
  return {
    mayAnswer: isThere && mayWrite,
    mayCorrect: isOwn && mayWrite && message.kind === 'text' && isWithin(message, limits.editMinutes, now),
    mayTakeBack: mayTakeOwn || (isThere && isAdmin && limits.retractMinutes > 0),
    isModerator: !mayTakeOwn,
    mayReport: isThere && !isOwn && !isAdmin,
  };
}
