import { useEffect, useState } from 'react';
import type { ThreadRow } from './rows.ts';
import type { ThreadScroll } from './use-thread-scroll.ts';

/** The place of the newest message that has been in sight so far; told to `onSeen` whenever it moves on. */
export function useNewestSeen(
  scroll: ThreadScroll,
  rows: readonly ThreadRow[],
  onSeen: (seen: { id: string; seq: number }) => void,
): number {
  const [seenSeq, setSeenSeq] = useState(0);
  const newest = newestStored(rows, scroll.rows.range?.endIndex ?? -1);
  const id = newest?.id ?? null;
  const seq = newest?.seq ?? 0;
  useEffect(() => {
    if (id === null || seq <= seenSeq) return;
    setSeenSeq(seq);
    onSeen({ id, seq });
  }, [id, seq, seenSeq, onSeen]);
  return Math.max(seenSeq, seq);
}

function newestStored(rows: readonly ThreadRow[], from: number): { id: string; seq: number } | null {
  for (let index = Math.min(from, rows.length - 1); index >= 0; index--) {
    const row = rows[index];
    if ((row?.kind !== 'message' && row?.kind !== 'event') || !row.message) continue;
    const { id, seq } = row.message;
    if (id !== null && seq !== null) return { id, seq };
  }
  return null;
}
