import { assertNever } from '../assert-never.ts';
import type { FileInfo, OpenConversation, ReplyTo } from '../types.ts';

/** A message that the server has not confirmed. */
export interface OutboxItem {
  /** Also the `clientMessageId`, which makes every repetition harmless. */
  key: string;
  conversationId: string;
  /** The conversation does not exist yet, and `conversationId` is the name of its draft: sending opens it first. */
  opens?: OpenConversation | undefined;
  text: string;
  files: readonly FileInfo[];
  /** The message that it answers, as it was when this was written. */
  replyTo?: ReplyTo | undefined;
  /** Milliseconds since 1970, by this device's clock; the order of sending. */
  writtenAt: number;
  state: 'queued' | 'sending' | 'failed';
  /** Failed attempts since it was written, retried or woken. */
  attempts: number;
  /** Not sent before this time, milliseconds since 1970. */
  notBefore: number;
  problem: { code: string; message: string } | null;
}

export interface OutboxState {
  /** In the order of writing. */
  items: readonly OutboxItem[];
  /** The server's rate limit, which holds for all conversations: milliseconds since 1970, 0 for none. */
  blockedUntil: number;
}

interface Problem {
  code: string;
  message: string;
}

export type OutboxAction =
  | { type: 'add'; item: OutboxItem }
  /** What an earlier page left behind. */
  | { type: 'load'; items: readonly OutboxItem[] }
  | { type: 'start'; key: string }
  /** What waited under this name for its conversation has one now. */
  | { type: 'opened'; name: string; conversationId: string }
  /** The server has it, whoever tells: its answer, or the event. */
  | { type: 'settle'; key: string }
  /** Try again later by itself. */
  | { type: 'postpone'; key: string; until: number; problem: Problem }
  | { type: 'limit'; key: string; until: number; problem: Problem }
  /** Only a person can make it go on. */
  | { type: 'fail'; key: string; problem: Problem }
  | { type: 'retry'; key: string; now: number }
  /** Another message takes the place of one that failed. */
  | { type: 'replace'; key: string; item: OutboxItem }
  | { type: 'discard'; key: string }
  /** The tab that was sending is gone; nobody knows how far it came. */
  | { type: 'recover' }
  /** There is a connection again: what waited for one goes now. */
  | { type: 'wake'; now: number };

export const emptyOutbox: OutboxState = { items: [], blockedUntil: 0 };

export function reduceOutbox(state: OutboxState, action: OutboxAction): OutboxState {
  switch (action.type) {
    case 'add':
      return insert(state, [action.item]);
    case 'load':
      return insert(state, action.items);
    case 'start':
      return change(state, action.key, (item) => ({ ...item, state: 'sending', problem: null }));
    case 'opened':
      return mapItems(state, (item) =>
        item.opens !== undefined && item.conversationId === action.name
          ? { ...item, conversationId: action.conversationId, opens: undefined }
          : item,
      );
    case 'settle':
      return remove(state, action.key);
    case 'postpone':
      return change(state, action.key, (item) => postpone(item, action));
    case 'limit': {
      const blocked = { ...state, blockedUntil: Math.max(state.blockedUntil, action.until) };
      return change(blocked, action.key, (item) => postpone(item, action));
    }
    case 'fail':
      return change(state, action.key, (item) => ({ ...item, state: 'failed', problem: action.problem }));
    case 'retry':
      return retry(state, action.key, action.now);
    case 'replace':
      if (find(state, action.key)?.state !== 'failed') return state;
      return insert(remove(state, action.key), [action.item]);
    case 'discard':
      // What is being sent may have arrived already; taking it away here would only look like it.
      return find(state, action.key)?.state === 'sending' ? state : remove(state, action.key);
    case 'recover':
      return mapItems(state, (item) => (item.state === 'sending' ? { ...item, state: 'queued' } : item));
    case 'wake':
      return mapItems(state, (item) =>
        item.state === 'queued' && item.notBefore > action.now
          ? { ...item, attempts: 0, notBefore: action.now }
          : item,
      );
    default:
      return assertNever(action);
  }
}

/**
 * The messages that may go now: of each conversation the first that is neither failed nor in front of one under way.
 * Order within a conversation is kept; conversations do not wait for each other.
 */
export function sendable(state: OutboxState, now: number): OutboxItem[] {
  if (now < state.blockedUntil) return [];
  return heads(state).filter((item) => item.state === 'queued' && item.notBefore <= now);
}

/** When something becomes sendable by the clock alone, or null. */
export function nextWakeAt(state: OutboxState): number | null {
  const times = heads(state)
    .filter((item) => item.state === 'queued')
    .map((item) => Math.max(item.notBefore, state.blockedUntil));
  return times.length === 0 ? null : Math.min(...times);
}

function heads(state: OutboxState): OutboxItem[] {
  const first = new Map<string, OutboxItem>();
  for (const item of state.items) {
    if (item.state !== 'failed' && !first.has(item.conversationId)) first.set(item.conversationId, item);
  }
  return [...first.values()];
}

function find(state: OutboxState, key: string): OutboxItem | undefined {
  return state.items.find((item) => item.key === key);
}

function postpone(item: OutboxItem, { until, problem }: { until: number; problem: Problem }): OutboxItem {
  return { ...item, state: 'queued', attempts: item.attempts + 1, notBefore: until, problem };
}

/** A retried message goes to the end of the queue: later ones may have been sent long ago. */
function retry(state: OutboxState, key: string, now: number): OutboxState {
  const item = find(state, key);
  if (item?.state !== 'failed') return state;
  return insert(remove(state, key), [
    { ...item, state: 'queued', attempts: 0, notBefore: now, writtenAt: now, problem: null },
  ]);
}

function insert(state: OutboxState, items: readonly OutboxItem[]): OutboxState {
  const fresh = items.filter((item) => find(state, item.key) === undefined);
  if (fresh.length === 0) return state;
  // The sort is stable: two messages of one millisecond stay in the order they came in.
  return { ...state, items: [...state.items, ...fresh].sort((a, b) => a.writtenAt - b.writtenAt) };
}

function change(state: OutboxState, key: string, edit: (item: OutboxItem) => OutboxItem): OutboxState {
  return mapItems(state, (item) => (item.key === key ? edit(item) : item));
}

function mapItems(state: OutboxState, edit: (item: OutboxItem) => OutboxItem): OutboxState {
  let changed = false;
  const items = state.items.map((item) => {
    const next = edit(item);
    changed ||= next !== item;
    return next;
  });
  return changed ? { ...state, items } : state;
}

function remove(state: OutboxState, key: string): OutboxState {
  const items = state.items.filter((item) => item.key !== key);
  return items.length === state.items.length ? state : { ...state, items };
}
