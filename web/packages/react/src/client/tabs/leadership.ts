import type { Locks } from '../environment.ts';

/**
 * Exactly one tab of the browser holds the lock. When it ends, however it ends, the browser gives the lock to another:
 * `lead` is called there, and its result when this tab steps down. Returns how to step down or to stop waiting.
 */
export function seekLeadership(locks: Locks, name: string, lead: () => () => void): () => void {
  const waiting = new AbortController();
  let stepDown = () => waiting.abort();
  const hold = () =>
    new Promise<void>((release) => {
      if (waiting.signal.aborted) {
        release();
        return;
      }
      const end = lead();
      stepDown = () => {
        end();
        release();
      };
    });
  locks.request(name, { signal: waiting.signal }, hold).catch(() => {
    // Some pages may not use locks, sandboxed frames for example. There each tab leads itself.
    if (!waiting.signal.aborted) stepDown = lead();
  });
  return () => stepDown();
}
