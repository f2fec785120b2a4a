import type { HaggleError } from '../client/errors.ts';
import type { LoadStatus, ThreadMessage } from './results.ts';

export interface MessagesResult {
  /** Oldest first, without gaps; messages on their way come last. */
  messages: readonly ThreadMessage[];
  status: LoadStatus;
  error: HaggleError | null;
  hasOlder: boolean;
  /** True after a jump back: the newest messages are not in the list. */
  hasNewer: boolean;
  isLoadingOlder: boolean;
  isLoadingNewer: boolean;
  loadOlder: () => Promise<void>;
  loadNewer: () => Promise<void>;
  /** Replaces the list by the messages around this one, unless it is already there. */
  jumpTo: (messageId: string) => Promise<void>;
  /** Replaces the list by the newest page, unless it already ends there. */
  jumpToNewest: () => Promise<void>;
  refetch: () => void;
}

export function useMessages(_conversationId: string | null): MessagesResult {
  throw new Error('to be written');
}
