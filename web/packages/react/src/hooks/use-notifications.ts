import type { HaggleError } from '../client/errors.ts';
import type { Message, Notification } from '../client/types.ts';
import type { LoadStatus } from './results.ts';

export interface NotificationsResult {
  /** Newest first. */
  notifications: readonly Notification[];
  status: LoadStatus;
  error: HaggleError | null;
  /** Without ids, all of them. */
  markRead: (ids?: readonly string[]) => Promise<void>;
}

export function useNotifications(): NotificationsResult {
  throw new Error('to be written');
}

/** Calls back once for each message from somebody else, in one tab only: for sounds and browser notifications. */
export function useIncomingMessage(_onMessage: (message: Message) => void): void {
  throw new Error('to be written');
}
