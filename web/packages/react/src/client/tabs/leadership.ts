import type { Channel, Locks, Page } from '../environment.ts';
import { limits } from '../limits.ts';

export interface Leadership {
  /** Something waits for whoever leads: are they still there? */
  check: () => void;
  /** Steps down, or stops waiting. */
  stop: () => void;
}

export interface Seeking {
  locks: Locks;
  /** Null: nobody can be asked whether they are still there. */
  openChannel: ((name: string) => Channel) | null;
  page: Page;
  /** Of the lock, and of the channel. */
  name: string;
}

type Word = 'are you there' | 'here';

/**
 * Exactly one tab of the browser holds the lock. When it ends, however it ends, the browser gives the lock to another:
 * `lead` is called there, and its result when this tab steps down.
 *
 * A tab may also go on holding the lock and do nothing any more: its script is stuck, or its process was put to sleep. So
 * the others ask it now and then, and take the lock from one that is silent. A tab that is told of its sleep steps down.
 */
export function seekLeadership(seeking: Seeking, lead: () => () => void): Leadership {
  const { locks, page, name } = seeking;
  const channel = seeking.openChannel?.(`${name}:leader`) ?? null;
  const post = (word: Word) => channel?.postMessage(word);
  /** Ends what this tab holds or waits for; null while it is asleep or has stopped. */
  let withdraw: (() => void) | null = null;
  let end: (() => void) | null = null;
  let silence: ReturnType<typeof setTimeout> | undefined;

  function begin(): void {
    stopAsking();
    end = lead();
    post('here');
  }

  function stepDown(): void {
    end?.();
    end = null;
  }

  function seek(how: 'wait' | 'steal'): void {
    const waiting = new AbortController();
    const { signal } = waiting;
    let release = () => {};
    const giveUp = () => {
      waiting.abort();
      stepDown();
      release();
    };
    const hold = () =>
      new Promise<void>((done) => {
        if (signal.aborted) {
          done();
          return;
        }
        release = done;
        begin();
      });
    withdraw = giveUp;
    locks.request(name, how === 'steal' ? { steal: true } : { signal }, hold).catch(() => {
      if (signal.aborted) return;
      if (end !== null) {
        // Another tab took this one for stuck, and it was.
        giveUp();
        seek('wait');
        return;
      }
      // Some pages may not use locks, sandboxed frames for example. There each tab leads itself.
      begin();
    });
  }

  function stopAsking(): void {
    clearTimeout(silence);
    silence = undefined;
  }

  function check(): void {
    if (channel === null || withdraw === null || end !== null || silence !== undefined) return;
    silence = setTimeout(() => {
      silence = undefined;
      withdraw?.();
      seek('steal');
    }, limits.leaderSilentMs);
    post('are you there');
  }

  function pause(): void {
    stopAsking();
    withdraw?.();
    withdraw = null;
  }

  if (channel !== null) {
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data === 'here') stopAsking();
      else if (end !== null) post('here');
    };
  }
  const regularly = setInterval(check, limits.leaderCheckMs);
  const unwatch = page.watch(() => {
    if (page.isAsleep()) pause();
    else if (withdraw === null) seek('wait');
    else check();
  });
  if (!page.isAsleep()) seek('wait');

  return {
    check,
    stop: () => {
      clearInterval(regularly);
      unwatch();
      pause();
      channel?.close();
    },
  };
}
