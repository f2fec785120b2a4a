/**
 * How often a property is tried. `HAGGLE_TIMES=20 npm test` tries each twenty times as often, and `HAGGLE_SEED` with the
 * seed that a failure printed replays it.
 */
export function runs(usual = 100): { numRuns: number; seed?: number } {
  const { HAGGLE_TIMES: times = '1', HAGGLE_SEED: seed } = process.env;
  return { numRuns: usual * Number(times), ...(seed !== undefined && { seed: Number(seed) }) };
}

/** Room for the time that so many tries take. */
export const patienceMs = 60_000 * Number(process.env['HAGGLE_TIMES'] ?? 1);
