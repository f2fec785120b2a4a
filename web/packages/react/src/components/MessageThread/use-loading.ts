import { useEffect, useState } from 'react';
import type { MessagesResult } from '../../hooks/index.ts';

/** Older and newer messages are fetched when this few rows are left before the end of what is loaded. */
const ROWS_AHEAD = 20;
/** After a failure nobody asks for so long, twice as long after the next, up to the longest. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

type Loading = Pick<
  MessagesResult,
  'hasOlder' | 'hasNewer' | 'isLoadingOlder' | 'isLoadingNewer' | 'loadOlder' | 'loadNewer'
>;

/** Fetches what is next in either direction before it is reached. */
export function useLoading(shown: readonly { index: number }[], count: number, messages: Loading): void {
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? 0;
  const { hasOlder, hasNewer, isLoadingOlder, isLoadingNewer, loadOlder, loadNewer } = messages;
  useWanted(count > 0 && hasOlder && !isLoadingOlder && first < ROWS_AHEAD, loadOlder);
  useWanted(count > 0 && hasNewer && !isLoadingNewer && last > count - ROWS_AHEAD, loadNewer);
}

/** Asks while it is wanted, with growing pauses while it fails: a server in trouble needs no crowd. */
function useWanted(isWanted: boolean, load: () => Promise<void>): void {
  const [failures, setFailures] = useState(0);
  useEffect(() => {
    if (!isWanted) return;
    const pauseMs = failures === 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
    const timer = setTimeout(() => {
      load().then(
        () => setFailures(0),
        () => setFailures((count) => count + 1),
      );
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [isWanted, failures, load]);
}
