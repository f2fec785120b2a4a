import { useEffect, useRef, useState } from 'react';
import { type MessagesResult, useTarget } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { tellProblem } from '../Told/told.ts';
import type { ThreadRow } from './rows.ts';

const MARKED_MS = 2_500;

/** Goes to the message that somebody wants to see, through any distance; returns the key of its row for a moment. */
export function useGoingTo(
  conversationId: string,
  rows: readonly ThreadRow[],
  { jumpTo }: Pick<MessagesResult, 'jumpTo'>,
  show: (key: string) => void,
): string | null {
  const { message: words } = useLabels();
  const { target, done } = useTarget(conversationId);
  const [shownKey, setShownKey] = useState<string | null>(null);
  const asked = useRef<object | null>(null);
  const messageId = target?.messageId ?? null;
  const row = messageId === null ? undefined : rows.find((each) => idOf(each) === messageId);
  const key = row?.key ?? null;
  useEffect(() => {
    if (target === null) return;
    if (key !== null) {
      setShownKey(key);
      show(key);
      done();
      return;
    }
    if (asked.current === target) return;
    asked.current = target;
    jumpTo(target.messageId).catch(() => {
      done();
      tellProblem(words.jumpFailed);
    });
  }, [target, key, jumpTo, show, done, words]);
  useEffect(() => {
    if (shownKey === null) return;
    const timer = setTimeout(() => setShownKey(null), MARKED_MS);
    return () => clearTimeout(timer);
  }, [shownKey]);
  return shownKey;
}

function idOf(row: ThreadRow): string | null {
  return row.kind === 'message' || row.kind === 'event' ? (row.message?.id ?? null) : null;
}
