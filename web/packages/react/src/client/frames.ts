import type { Conversation, Message, Notification } from './types.ts';

/** What was last seen of each conversation. */
export type Since = Record<string, { seq: number; rev: number }>;

export type ClientFrame =
  | { type: 'authenticate'; payload: { token?: string; since?: Since } }
  | { type: 'resume'; payload: { since: Since } }
  | { type: 'typing'; payload: { conversationId: string; isTyping?: boolean } }
  | { type: 'read'; payload: { conversationId: string; upTo?: string } }
  | { type: 'ping'; payload: Record<string, never> };

export type ServerFrame =
  | { type: 'authenticated'; payload: { userId: string; connectionId: string; expiresAt: string } }
  | { type: 'message'; payload: { conversationId: string; rev: number; message: Message } }
  | { type: 'typing'; payload: { conversationId: string; userId: string; isTyping: boolean } }
  | {
      type: 'read';
      payload: { conversationId: string; rev: number; userId: string; lastReadSeq: number; readAt: string };
    }
  | { type: 'online_status'; payload: { userId: string; isOnline: boolean; lastSeen?: string | null } }
  | { type: 'conversation_updated'; payload: { conversation: Conversation } }
  | { type: 'notification'; payload: { notification: Notification } }
  | { type: 'ready'; payload: Record<string, never> }
  | { type: 'reset'; payload: { conversationId?: string } }
  | { type: 'pong'; payload: Record<string, never> }
  | { type: 'error'; payload: { code: string; message: string } };

const known: ReadonlySet<string> = new Set<ServerFrame['type']>([
  'authenticated',
  'message',
  'typing',
  'read',
  'online_status',
  'conversation_updated',
  'notification',
  'ready',
  'reset',
  'pong',
  'error',
]);

/**
 * Null for what is not a frame, and for types this version does not know: a newer server may say more. The inside of
 * a known frame is trusted, it comes from our own server.
 */
export function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null;
  try {
    const frame: unknown = JSON.parse(data);
    if (!isRecord(frame) || typeof frame['type'] !== 'string' || !known.has(frame['type'])) return null;
    return {
      type: frame['type'],
      payload: isRecord(frame['payload']) ? frame['payload'] : {},
    } as ServerFrame;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

const bytes = new TextEncoder();

/** Cuts what was last seen into parts whose frames stay under the limit. There is always a first part. */
export function splitSince(since: Since, largestBytes: number): [Since, ...Since[]] {
  type Part = [string, Since[string]][];
  const first: Part = [];
  const more: Part[] = [];
  let part = first;
  let size = 2;
  for (const [conversationId, seen] of Object.entries(since)) {
    const entryBytes = bytes.encode(`${JSON.stringify(conversationId)}:${JSON.stringify(seen)},`).length;
    if (size + entryBytes > largestBytes && size > 2) {
      part = [];
      more.push(part);
      size = 2;
    }
    part.push([conversationId, seen]);
    size += entryBytes;
  }
  // Not by assignment: an id may be any text, `__proto__` too.
  const toSince = (entries: Part): Since => Object.fromEntries(entries);
  return [toSince(first), ...more.map(toSince)];
}
