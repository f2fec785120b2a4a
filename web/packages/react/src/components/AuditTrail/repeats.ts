import type { AuditEntry } from '../../client/index.ts';

/** One entry, or several of which a reader would see the same lines: the newest, and how many there are. */
export interface Repeated {
  entry: AuditEntry;
  count: number;
}

/** Opening a conversation asks for it in several requests, each of which is an entry; they are read as one. */
export function withoutRepeats(entries: readonly AuditEntry[]): Repeated[] {
  const shown: Repeated[] = [];
  for (const entry of entries) {
    const before = shown.at(-1);
    if (before && isSame(before.entry, entry)) before.count += 1;
    else shown.push({ entry, count: 1 });
  }
  return shown;
}

function isSame(one: AuditEntry, other: AuditEntry): boolean {
  return (
    one.actorId === other.actorId &&
    one.action === other.action &&
    one.ip === other.ip &&
    one.at.slice(0, MINUTE) === other.at.slice(0, MINUTE)
  );
}

/** So many characters of a time say its minute. */
const MINUTE = '2026-03-02T10:00'.length;
