import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    environment: 'jsdom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/patience.ts'],
    // For a machine that does much else; a test that hangs still ends.
    testTimeout: 60_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
