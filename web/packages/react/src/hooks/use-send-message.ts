import type { FileInfo } from '../client/types.ts';

export interface NewMessage {
  text: string;
  /** Finished uploads. */
  files?: readonly FileInfo[];
}

export interface SendMessageResult {
  /** Shows the message at once and sends it as soon as possible; returns its `key` in the thread. */
  send: (message: NewMessage) => string;
  /** Sends a failed message again. */
  retry: (key: string) => void;
  /** Removes a message that has not been sent. */
  discard: (key: string) => void;
  /** After a 429: when sending goes on, in milliseconds since 1970. */
  blockedUntil: number | null;
}

export function useSendMessage(_conversationId: string): SendMessageResult {
  throw new Error('to be written');
}
