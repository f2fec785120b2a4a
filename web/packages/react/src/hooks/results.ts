import type { HaggleError } from '../client/errors.ts';
import type { FileInfo, Role } from '../client/types.ts';

/** Where a fetch stands. Data that is already there stays while a refetch fails. */
export type LoadStatus = 'pending' | 'error' | 'success';

/**
 * How far a message has come. `received` is somebody else's. `delivered` means that another participant has been
 * online since it was sent; `read` that every other participant has read it.
 */
export type MessageStatus = 'received' | 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** A message as a thread shows it: stored ones and the ones still on their way, in one list. */
export interface ThreadMessage {
  /** Stays the same from the first bubble to the stored message; use it as React's key. */
  key: string;
  /** Null until the server has stored it. */
  id: string | null;
  /** Null until the server has stored it. */
  seq: number | null;
  conversationId: string;
  senderId: string | null;
  senderName: string;
  senderType: Role;
  isMine: boolean;
  text: string;
  files: readonly FileInfo[];
  /** RFC 3339; of a message on its way, the time it was written on this device. */
  createdAt: string;
  status: MessageStatus;
  /** Why it failed, or what it waits for. */
  problem: SendProblem | null;
}

export interface SendProblem {
  code: string;
  message: string;
  /** Milliseconds since 1970; the queue goes on by itself then. Null: only `retry` sends it again. */
  retryAt: number | null;
}

export interface PagedResult {
  status: LoadStatus;
  error: HaggleError | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  refetch: () => void;
}
