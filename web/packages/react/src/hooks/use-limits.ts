import type { ServerLimits } from '../client/server-limits.ts';
import { useChat, useStore } from '../provider/context.ts';

/** What the server allows in a message: characters, files, their size and kinds. */
export function useLimits(): ServerLimits {
  return useStore(useChat().client.serverLimits);
}
