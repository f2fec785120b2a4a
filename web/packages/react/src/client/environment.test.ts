import { expect, it, vi } from 'vitest';
import { browserEnvironment } from './environment.ts';

it('locks that are named and not there are not used', () => {
  vi.stubGlobal('navigator', { onLine: true, languages: ['en'], locks: undefined });
  expect(browserEnvironment().locks).toBeNull();
  vi.unstubAllGlobals();
});
