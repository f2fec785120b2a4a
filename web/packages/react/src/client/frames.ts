import { type components, serverFrameTypes } from './schema.ts';

type Schemas = components['schemas'];

export type ClientFrame = Schemas['ClientFrame'];
export type ServerFrame = Schemas['ServerFrame'];

/** What was last seen of each conversation: more than the server asks for at least. */
export type Since = Record<string, { seq: number; rev: number }>;

const known: ReadonlySet<string> = new Set(serverFrameTypes);

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
