import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    // Their own step, by their own configuration.
    exclude: ['**/node_modules/**', 'browsers/**'],
    globalSetup: ['support/build-pages.ts'],
    // A real server, a real browser and two processors: one file at a time, and time for a slow machine.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What is asked for again and again has as long as what Playwright waits for; the runner's own second is less than a busy page takes.
    expect: { poll: { timeout: 30_000 } },
  },
});
