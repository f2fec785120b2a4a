import type { Environment } from '../environment.ts';
import { limits } from '../limits.ts';
import type { ServerLimits } from '../server-limits.ts';
import type { UploadFile } from '../upload.ts';
import { refusedRecordOf, type Upload, type UploadRecord } from './upload.ts';
import { createUploadQueue, type UploadKeeper, type UploadQueue } from './upload-queue.ts';
import { openUploadRecords, type UploadRecords } from './upload-records.ts';

/** The attachments of all drafts of this tab. They outlive the composer that they were chosen in. */
export interface DraftUploads {
  of: (draft: string) => UploadQueue;
  /** Changes to this user's; null keeps them in memory only. */
  use: (userId: string | null) => void;
  /** There is a connection again. */
  wake: () => void;
  start: () => void;
  stop: () => void;
}

type Times = Pick<UploadRecord, 'at' | 'place'>;

export interface DraftUploadsDependencies {
  upload: UploadFile;
  limits: () => ServerLimits;
  environment: Pick<Environment, 'newId' | 'now' | 'locks'>;
}

export function createDraftUploads(dependencies: DraftUploadsDependencies): DraftUploads {
  const { environment } = dependencies;
  const { newId, now, locks } = environment;
  const queues = new Map<string, UploadQueue>();
  /** Held by a lock for as long as this tab lives: who finds it free may go on with the uploads of the tab. */
  const tab = newId();
  let userId: string | null = null;
  let records: UploadRecords | null = null;
  /** What was chosen before anybody was known. */
  let early: { draft: string; upload: Upload; times: Times; source: File | null }[] = [];
  let running = 0;
  let isStarted = false;
  let stopHolding = () => {};
  let stopAdopting = () => {};

  const slots = {
    take: () => {
      if (running >= limits.parallelUploads) return false;
      running += 1;
      return true;
    },
    giveBack: () => {
      running -= 1;
      for (const queue of queues.values()) queue.pump();
    },
  };

  function keeperOf(draft: string): UploadKeeper {
    return {
      keep: (upload, { at, place }, source) => {
        if (records === null) {
          early = early.filter((one) => one.upload.key !== upload.key);
          early.push({ draft, upload, times: { at, place }, source });
          return;
        }
        const { key, name, size, file, problem } = upload;
        const refused = refusedRecordOf(problem);
        records.write({ key, draft, name, size, at, place, owner: tab, file, refused });
        if (source === null) records.removeBytes(key);
        else records.writeBytes(key, source);
      },
      forget: (key) => {
        early = early.filter((one) => one.upload.key !== key);
        records?.remove(key);
        records?.removeBytes(key);
      },
    };
  }

  function of(draft: string): UploadQueue {
    const known = queues.get(draft);
    if (known !== undefined) return known;
    const keeper = keeperOf(draft);
    const { upload } = dependencies;
    const made = createUploadQueue({ upload, newId, now, limits: dependencies.limits, keeper, slots });
    queues.set(draft, made);
    return made;
  }

  function load(): void {
    if (records === null || !isStarted) return;
    const all = records.read();
    for (const record of all)
      if (record.file !== null) of(record.draft).restore(record.key, record, record.file);
    const owners = new Set(all.filter((one) => one.file === null).map((one) => one.owner));
    adopt([...owners]);
    void records.sweep();
  }

  /** Goes on with what tabs that have ended were uploading; this page before its reload was one of them. */
  function adopt(owners: readonly string[]): void {
    const waiting = new AbortController();
    stopAdopting();
    stopAdopting = () => waiting.abort();
    for (const owner of owners) {
      const take = () => takeOver(owner, waiting.signal);
      if (locks === null || owner === tab) void take();
      // Where locks are forbidden there is at worst a file uploaded twice, of which one is never sent.
      else locks.request(lockOf(owner), { signal: waiting.signal }, take).catch(() => take());
    }
  }

  async function takeOver(owner: string, signal: AbortSignal): Promise<void> {
    const from = records;
    if (from === null || signal.aborted) return;
    const theirs = (record: UploadRecord) => record.owner === owner && record.file === null;
    for (const record of from.read().filter(theirs)) from.write({ ...record, owner: tab });
    for (const record of from.read().filter((one) => one.owner === tab && one.file === null)) {
      const bytes = await from.readBytes(record.key);
      if (signal.aborted || from !== records) return;
      of(record.draft).restore(record.key, record, bytes);
    }
  }

  const hearOtherTab = (event: StorageEvent) => {
    const heard = records?.parse(event.key ?? '', event.newValue) ?? null;
    if (heard === null) return;
    const { key, record } = heard;
    if (record === null) for (const queue of queues.values()) queue.drop(key);
    else if (record.file !== null) of(record.draft).restore(key, record, record.file);
  };

  function hold(): void {
    const held = new AbortController();
    stopHolding = () => held.abort();
    const untilStopped = () =>
      new Promise<void>((release) => {
        if (held.signal.aborted) release();
        else held.signal.addEventListener('abort', () => release());
      });
    // Without a lock the others take it for ended; see above.
    locks?.request(lockOf(tab), { signal: held.signal }, untilStopped).catch(() => undefined);
  }

  return {
    of,
    use: (next) => {
      if (next === userId) return;
      stopAdopting();
      // Those of another person stay in the browser until that person comes back.
      if (userId !== null) for (const queue of queues.values()) queue.reset();
      userId = next;
      records = next === null ? null : openUploadRecords(next);
      const mine = early;
      early = [];
      for (const { draft, upload, times, source } of mine) keeperOf(draft).keep(upload, times, source);
      load();
    },
    wake: () => {
      for (const queue of queues.values()) queue.wake();
    },
    start: () => {
      isStarted = true;
      window.addEventListener('storage', hearOtherTab);
      hold();
      load();
    },
    stop: () => {
      isStarted = false;
      window.removeEventListener('storage', hearOtherTab);
      stopAdopting();
      if (records !== null) for (const queue of queues.values()) queue.reset();
      stopHolding();
    },
  };
}

const lockOf = (tab: string) => `haggle:uploads:${tab}`;
