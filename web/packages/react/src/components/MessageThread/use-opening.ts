import type { Virtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'react';
import type { Position } from './positions.ts';
import type { ThreadRow } from './rows.ts';

type Rows = Virtualizer<HTMLDivElement, HTMLDivElement>;

/** The row that stays where it is. */
interface Hold {
  key: string;
  /** Where it is in `all` as far as known; looked for again when it is not there any more. */
  index: number;
  /** Its distance from the top of the view, in pixels. */
  top: number;
  /** The last row when this was looked at, and whether it was in sight. */
  lastKey: string | undefined;
  wasAtEnd: boolean;
}

export interface Opening {
  /** The place of the row that is held; -1 once the reader has moved. */
  heldIndex: () => number;
  /** Puts this row in sight and holds it there. */
  show: (key: string) => void;
  release: () => void;
}

interface Where {
  /** Where the conversation was left; null when it was not open yet. */
  left: Position | null;
  /** Space above the first unread message. */
  lineTopPx: number;
  /** This near to the end counts as being there. */
  endPx: number;
}

const GESTURES = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;
const SAME_PX = 1;

/**
 * A conversation opens where it was left, else at the first unread message, else at the end. What it opens at is held by
 * its key until the reader does something: pages that come above, pictures, and heights that are known only when a row is
 * drawn move everything else. The list's own command to scroll to a row goes by its number, and numbers shift.
 */
export function useOpening(
  rows: Rows,
  all: readonly ThreadRow[],
  scroller: RefObject<HTMLDivElement | null>,
  where: Where,
): Opening {
  const rerender = useReducer((count: number) => count + 1, 0)[1];
  const isOpen = useRef(false);
  const latest = useRef(all);
  latest.current = all;
  const hold = useRef<Hold | null>(null);
  const opening = useMemo<Opening>(
    () => ({
      heldIndex: () => hold.current?.index ?? -1,
      release: () => {
        hold.current = null;
      },
      show: (key) => {
        const index = latest.current.findIndex((row) => row.key === key);
        const height = scroller.current?.clientHeight ?? 0;
        isOpen.current = true;
        if (index >= 0)
          hold.current = {
            key,
            index,
            top: height / 3,
            lastKey: latest.current.at(-1)?.key,
            wasAtEnd: false,
          };
        rerender();
      },
    }),
    [scroller],
  );

  // React's StrictMode takes everything down once and puts it up again, at the top.
  useLayoutEffect(
    () => () => {
      isOpen.current = false;
    },
    [],
  );

  // Whenever rows or heights have changed, before it is painted; what comes into sight by that is drawn and measured first.
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || all.length === 0) return;
    if (!isOpen.current) {
      isOpen.current = true;
      hold.current = placeToOpen(all, where);
      if (hold.current === null) rows.scrollToEnd();
    }
    if (hold.current !== null && isFollowing(hold.current, all)) hold.current = null;
    if (hold.current !== null && moveTo(hold.current, rows, element, where.endPx)) rerender();
  });

  // The view may be too near to an end for the wanted place; what was painted is what stays.
  useEffect(() => {
    const painted = requestAnimationFrame(() => {
      const [held, element] = [hold.current, scroller.current];
      if (held && element) held.top = topOf(held, rows, element);
    });
    return () => cancelAnimationFrame(painted);
  }, [rows, scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const { release } = opening;
    const options = { capture: true, passive: true } as const;
    const onScroll = () => {
      const held = hold.current;
      if (held && Math.abs(offsetFor(held, rows, element) - element.scrollTop) > SAME_PX) release();
    };
    for (const gesture of GESTURES) document.addEventListener(gesture, release, options);
    // Before the list itself hears of it, which would draw, and move back what was scrolled without a gesture.
    element.addEventListener('scroll', onScroll, options);
    return () => {
      for (const gesture of GESTURES) document.removeEventListener(gesture, release, options);
      element.removeEventListener('scroll', onScroll, options);
    };
  }, [rows, scroller, opening]);
  return opening;
}

function placeToOpen(all: readonly ThreadRow[], { left, lineTopPx }: Where): Hold | null {
  const start = { lastKey: all.at(-1)?.key, wasAtEnd: false };
  if (left && !left.atEnd) {
    const index = all.findIndex((row) => row.key === left.key);
    if (index >= 0) return { key: left.key, index, top: -left.offset, ...start };
  }
  const index = all.findIndex((row) => row.kind === 'unread');
  return index < 0 ? null : { key: 'unread', index, top: lineTopPx, ...start };
}

/** Whoever sees the newest message goes with those that come behind it. */
function isFollowing(hold: Hold, all: readonly ThreadRow[]): boolean {
  const hasGrown = hold.lastKey !== all.at(-1)?.key;
  hold.lastKey = all.at(-1)?.key;
  if (all[hold.index]?.key !== hold.key) hold.index = all.findIndex((row) => row.key === hold.key);
  return hold.index < 0 || (hasGrown && hold.wasAtEnd);
}

/** Puts the view where the row is at its place; true when that changes what is in sight. */
function moveTo(hold: Hold, rows: Rows, element: HTMLElement, endPx: number): boolean {
  const [topBefore, knownBefore] = [element.scrollTop, rows.scrollOffset];
  const offset = offsetFor(hold, rows, element);
  hold.wasAtEnd = rows.getTotalSize() - element.clientHeight - offset <= endPx;
  if (Math.abs(offset - topBefore) > SAME_PX) element.scrollTop = offset;
  // The list hears of it a frame later; until then it would draw the rows of the place before.
  rows.scrollOffset = element.scrollTop;
  return element.scrollTop !== topBefore || rows.scrollOffset !== knownBefore;
}

function offsetFor(hold: Hold, rows: Rows, element: HTMLElement): number {
  const total = rows.getTotalSize();
  const start = rows.measurementsCache[hold.index]?.start ?? 0;
  const longest = Math.max(0, total - element.clientHeight);
  return Math.min(Math.max(0, start + aboveRows(total, element) - hold.top), longest);
}

/** Where the row is in the view now. */
function topOf(hold: Hold, rows: Rows, element: HTMLElement): number {
  const start = rows.measurementsCache[hold.index]?.start ?? 0;
  return start + aboveRows(rows.getTotalSize(), element) - element.scrollTop;
}

/** Few messages stand at the bottom. */
function aboveRows(total: number, element: HTMLElement): number {
  return Math.max(0, element.clientHeight - total);
}
