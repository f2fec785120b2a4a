import type { VirtualItem } from '@tanstack/react-virtual';

/** Where somebody was reading when they left a conversation. */
export interface Position {
  /** The row at the top of the view, and how far into it the view began, in pixels. */
  key: string;
  offset: number;
  atEnd: boolean;
  sizes: VirtualItem[];
}

const KEPT = 50;
const positions = new Map<string, Position>();

export function positionOf(conversationId: string): Position | null {
  return positions.get(conversationId) ?? null;
}

/** Kept for as long as the page lives, the most recent conversations only. */
export function keepPosition(conversationId: string, position: Position): void {
  positions.delete(conversationId);
  positions.set(conversationId, position);
  const oldest = positions.keys().next().value;
  if (positions.size > KEPT && oldest !== undefined) positions.delete(oldest);
}
