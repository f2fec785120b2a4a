import { type FocusEvent, type KeyboardEvent, useState } from 'react';
import type { MessageRow, ThreadRow } from './rows.ts';
import type { ThreadScroll } from './use-thread-scroll.ts';

interface Stop {
  /** The row at which the Tab key stops. */
  stopKey: string | null;
  onFocus: (event: FocusEvent) => void;
  onKeyDown: (event: KeyboardEvent<HTMLDivElement>) => void;
}

const keyOf = (target: EventTarget) =>
  target instanceof Element
    ? (target.closest<HTMLElement>('[data-message-stop]')?.dataset['messageStop'] ?? null)
    : null;

const hasMenu = (row: ThreadRow | undefined): row is MessageRow =>
  row?.kind === 'message' && row.message.id !== null;

/** All messages are one stop of the Tab key, at the newest in sight or the one last used; the arrow keys lead to the others. */
export function useStop(scroll: ThreadScroll, rows: readonly ThreadRow[]): Stop {
  const [used, setUsed] = useState<string | null>(null);
  const drawn = scroll.items.map((item) => rows[item.index]);
  const last = drawn.findLast((row, at) => hasMenu(row) && isInSight(scroll, at));
  const isDrawn = used !== null && drawn.some((row) => row?.key === used && hasMenu(row));
  return {
    stopKey: isDrawn ? used : (last?.key ?? null),
    onFocus: (event) => {
      const key = keyOf(event.target);
      if (key !== null) setUsed(key);
    },
    onKeyDown: (event) => {
      const key = keyOf(event.target);
      const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (key === null || step === 0) return;
      event.preventDefault();
      let at = rows.findIndex((row) => row.key === key) + step;
      while (rows[at] && !hasMenu(rows[at])) at += step;
      const next = rows[at];
      if (!next) return;
      const stop = stopOf(event.currentTarget, next.key);
      // A row that is drawn, though out of sight, takes the focus and comes into sight by it.
      stop?.focus({ preventScroll: true });
      stop?.closest('[data-message]')?.scrollIntoView({ block: 'nearest' });
    },
  };
}

const stopOf = (root: Element, key: string) =>
  Array.from(root.querySelectorAll<HTMLElement>('[data-message-stop]')).find(
    (each) => each.dataset['messageStop'] === key,
  );

function isInSight({ items, rows }: ThreadScroll, at: number): boolean {
  const top = rows.scrollOffset ?? 0;
  const item = items[at];
  return item !== undefined && item.start < top + (rows.scrollRect?.height ?? Number.POSITIVE_INFINITY);
}
