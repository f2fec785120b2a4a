import type { Since } from '../client/frames.ts';
import type { CacheView } from './draft.ts';
import { keys } from './keys.ts';
import { lastContiguousSeq } from './thread.ts';

/**
 * What to tell the server after a break: of each known conversation its `rev`, and the last `seq` without a hole. Where
 * no messages are loaded, or only old ones, none are wanted: the preview comes with the conversation.
 */
export function sinceOf(cache: CacheView): Since {
  const known = Object.values(cache.get(keys.conversations) ?? {});
  return Object.fromEntries(
    known.map((conversation) => {
      const thread = cache.get(keys.thread(conversation.id));
      const reachesEnd = thread !== undefined && !thread.hasNewer;
      const seq = reachesEnd ? lastContiguousSeq(thread) : conversation.lastSeq;
      // Of the changes of its messages the thread may know less.
      const rev = Math.min(conversation.rev, thread?.rev ?? conversation.rev);
      return [conversation.id, { seq, rev }];
    }),
  );
}
