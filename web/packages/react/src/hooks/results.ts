import type { HaggleError } from '../client/errors.ts';
import type {
  FileInfo,
  MessageRequest,
  Offer,
  Reaction,
  ReplyTo,
  Role,
  SystemNote,
} from '../client/types.ts';

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
  /** `text`, `system` and others: whatever it is, `text` says it in words. */
  kind: string;
  /** What happened, of a message that nobody wrote. */
  system: Note | null;
  /** RFC 3339; null: it is as it was sent. */
  editedAt: string | null;
  /** RFC 3339; it was taken back and says nothing any more. */
  deletedAt: string | null;
  deletedBy: string | null;
  /** The message that it answers. */
  replyTo: ReplyTo | null;
  reactions: readonly Reaction[];
  /** Of a message that is an offer: the offer as it is now. */
  offer: Offer | null;
  /** Of a message that asks for an offer: what for. */
  request: MessageRequest | null;
}

/** A newer server may know of more that happens. */
type Note = Omit<SystemNote, 'event'> & { event: string };

/** What most messages do not have. */
export const plainMessage = {
  kind: 'text',
  system: null,
  editedAt: null,
  deletedAt: null,
  deletedBy: null,
  replyTo: null,
  reactions: [] as readonly Reaction[],
  offer: null,
  request: null,
};

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
