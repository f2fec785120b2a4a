import type { FileInfo } from '../client/types.ts';

export interface FileLinks {
  url: string;
  thumbnailUrl: string | null;
  /** Fetches fresh links; call it from `onError` of a picture, or before opening a link older than 15 minutes. */
  refresh: () => Promise<string>;
}

export function useFile(_conversationId: string, _messageId: string | null, _file: FileInfo): FileLinks {
  throw new Error('to be written');
}
