import { defineConfig } from 'vitest/config';

/** The flows in Firefox and WebKit: the server's own pages, so nothing is built for them. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
