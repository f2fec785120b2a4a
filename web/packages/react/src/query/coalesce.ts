/**
 * Runs one piece of work per name at a time. Asked for again while it runs, it runs once more afterwards: the running
 * one may have read its answer too early. Bursts share one run.
 */
export interface Coalescer {
  request: (name: string, delayMs: number, work: () => Promise<unknown>) => void;
  stop: () => void;
}

interface Job {
  again: (() => void) | null;
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createCoalescer(): Coalescer {
  const jobs = new Map<string, Job>();

  function request(name: string, delayMs: number, work: () => Promise<unknown>): void {
    const job = jobs.get(name);
    if (job !== undefined) {
      // Before it has begun, the planned run will do.
      if (job.timer === undefined) job.again = () => request(name, delayMs, work);
      return;
    }
    const planned: Job = { again: null, timer: undefined };
    planned.timer = setTimeout(() => void run(name, planned, work), delayMs);
    jobs.set(name, planned);
  }

  async function run(name: string, job: Job, work: () => Promise<unknown>): Promise<void> {
    job.timer = undefined;
    try {
      await work();
    } catch {
      // The query keeps the error for those who show it; the next event or connection asks again.
    }
    if (jobs.get(name) !== job) return;
    jobs.delete(name);
    job.again?.();
  }

  return {
    request,
    stop: () => {
      for (const job of jobs.values()) clearTimeout(job.timer);
      jobs.clear();
    },
  };
}
