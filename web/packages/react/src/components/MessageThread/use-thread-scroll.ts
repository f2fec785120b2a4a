import { useVirtualizer, type VirtualItem, type Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { estimatedHeight } from './estimate.ts';
import { keepPosition, positionOf } from './positions.ts';
import type { ThreadRow } from './rows.ts';
import { type Opening, useOpening } from './use-opening.ts';

type Rows = Virtualizer<HTMLDivElement, HTMLDivElement>;

/** This near to the end still counts as reading the newest message. */
const END_PX = 72;
/** Space above the "new messages" line when a conversation opens at it. */
const LINE_PADDING_PX = 56;

export interface ThreadScroll {
  scroller: React.RefObject<HTMLDivElement | null>;
  rows: Rows;
  items: VirtualItem[];
  isAtEnd: boolean;
  scrollToEnd: (behavior?: 'auto' | 'smooth') => void;
  /** Puts this row in sight. */
  show: (key: string) => void;
}

/**
 * The scroll position of one conversation: it opens where it was left, else at the first unread, else at the end;
 * stays at the end while it is there; and never moves what is read when rows arrive above or change their height.
 */
export function useThreadScroll(
  conversationId: string,
  all: readonly ThreadRow[],
  hasNewer: boolean,
): ThreadScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const [left] = useState(() => positionOf(conversationId));
  const [isAtEnd, setAtEnd] = useState(left?.atEnd ?? true);
  const boundary = useBoundaryKey(all);
  // A new function would make the list measure everything again, on every frame.
  const getItemKey = useCallback((index: number) => all[index]?.key ?? index, [all]);
  const rows = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: all.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => estimatedHeight(all[index]),
    getItemKey,
    overscan: 10,
    anchorTo: 'end',
    followOnAppend: !hasNewer,
    scrollEndThreshold: END_PX,
    paddingStart: 8,
    paddingEnd: 12,
    initialMeasurementsCache: left?.sizes ?? [],
  });
  const opening = useOpening(rows, all, scroller, { left, lineTopPx: LINE_PADDING_PX, endPx: END_PX });
  rows.shouldAdjustScrollPositionOnItemSizeChange = (item, _delta, instance) => {
    const held = opening.heldIndex();
    if (held >= 0) return item.index < held;
    const top = instance.scrollOffset ?? 0;
    if (item.key === boundary.current) return item.start <= top + LINE_PADDING_PX;
    return instance.itemSizeCache.has(item.key) ? item.end <= top : item.start < top;
  };
  const scrollToEnd = useCallback(
    (behavior: 'auto' | 'smooth' = 'auto') => {
      opening.release();
      rows.scrollToEnd({ behavior });
    },
    [rows, opening],
  );
  useLeaving(conversationId, rows, scroller, setAtEnd);
  useStayAtEnd(rows, scroller, opening);
  return { scroller, rows, items: rows.getVirtualItems(), isAtEnd, scrollToEnd, show: opening.show };
}

/**
 * The message that was first before older ones came: it gains or loses its heading at its top edge, so its change is
 * always made up for.
 */
function useBoundaryKey(all: readonly ThreadRow[]) {
  const boundary = useRef<string | null>(null);
  const first = useRef<string | null>(null);
  const key = all[0]?.key ?? null;
  if (first.current !== key) {
    boundary.current = first.current;
    first.current = key;
  }
  return boundary;
}

function useLeaving(
  conversationId: string,
  rows: Rows,
  scroller: React.RefObject<HTMLDivElement | null>,
  setAtEnd: (atEnd: boolean) => void,
): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let last: { key: string; offset: number; atEnd: boolean } | null = null;
    const look = () => {
      // From the list's own numbers: asking the page for its height here would make it lay out twice a frame.
      const top = rows.scrollOffset ?? 0;
      const atEnd = rows.getTotalSize() - (rows.scrollRect?.height ?? 0) - top <= END_PX;
      const item = rows.getVirtualItemForOffset(top);
      if (item) last = { key: String(item.key), offset: top - item.start, atEnd };
      setAtEnd(atEnd);
    };
    element.addEventListener('scroll', look, { passive: true });
    // The end also comes into sight without a movement: files leave the composer, a message is taken back.
    const resized = new ResizeObserver(look);
    for (const each of [element, ...element.children]) resized.observe(each);
    return () => {
      resized.disconnect();
      element.removeEventListener('scroll', look);
      if (last) keepPosition(conversationId, { ...last, sizes: rows.takeSnapshot() });
    };
  }, [conversationId, rows, scroller, setAtEnd]);
}

/** A composer that grows or a keyboard that opens makes the view smaller; the newest message stays in sight. */
function useStayAtEnd(rows: Rows, scroller: React.RefObject<HTMLDivElement | null>, opening: Opening): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let height = element.clientHeight;
    const observer = new ResizeObserver(() => {
      const grown = element.clientHeight - height;
      height = element.clientHeight;
      const distance = element.scrollHeight - element.clientHeight - element.scrollTop;
      if (opening.heldIndex() >= 0) return;
      if (grown !== 0 && distance + Math.min(grown, 0) <= END_PX) rows.scrollToEnd();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [rows, scroller, opening]);
}
