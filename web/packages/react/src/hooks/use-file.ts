import { useCallback } from 'react';
import type { FileInfo } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { keys } from '../query/keys.ts';

export interface FileLinks {
  url: string;
  thumbnailUrl: string | null;
  /** Fetches fresh links; call it from `onError` of a picture, or before opening a link older than 15 minutes. */
  refresh: () => Promise<string>;
}

export function useFile(conversationId: string, messageId: string | null, file: FileInfo): FileLinks {
  const { queryClient, threads, client } = useChat();
  const refresh = useCallback(async () => {
    if (messageId === null) return absolute(client.baseUrl, file.url);
    await threads.refreshAround(conversationId, messageId);
    const message = queryClient
      .getQueryData(keys.thread(conversationId))
      ?.messages.find((one) => one.id === messageId);
    const fresh = message?.files.find((one) => one.id === file.id) ?? file;
    return absolute(client.baseUrl, fresh.url);
  }, [queryClient, threads, client, conversationId, messageId, file]);
  return {
    url: absolute(client.baseUrl, file.url),
    thumbnailUrl: file.thumbnailUrl == null ? null : absolute(client.baseUrl, file.thumbnailUrl),
    refresh,
  };
}

/** Links from the server are paths; the page may live elsewhere. */
function absolute(baseUrl: string, url: string): string {
  return url.startsWith('/') ? baseUrl + url : url;
}
