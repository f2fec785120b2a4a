import type { BrowserContext } from 'playwright-core';
import { afterEach, beforeEach, expect } from 'vitest';

/**
 * What a page must never do, in any test: an error in its console, an exception that nobody caught, a breach of its
 * own content policy. Every page of a browser from `openBrowser` is watched; a test that saw one of them fails.
 */
let complaints: string[] = [];
let allowed: RegExp[] = [];

/** For a test that itself takes the network or the server away: the browser tells so in the console. */
export function expectComplaints(...patterns: RegExp[]): void {
  allowed.push(...patterns);
}

/** What Chromium says of a server or network that is not there. */
export const networkIsAway = /net::ERR_|WebSocket connection to|Failed to fetch|status of 50\d/;

/** What was seen so far, for the test of this guard; it is forgotten with that. */
export function takeComplaints(): string[] {
  const seen = complaints.filter((line) => !allowed.some((pattern) => pattern.test(line)));
  complaints = [];
  return seen;
}

export async function watch(context: BrowserContext): Promise<void> {
  context.on('weberror', (error) => complaints.push(`exception: ${error.error()}`));
  context.on('console', (line) => {
    if (line.type() === 'error') complaints.push(`console: ${line.text()} (${line.location().url})`);
  });
  await context.exposeBinding('breached', (_source, what: string) => {
    complaints.push(`policy: ${what}`);
  });
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', (breach) =>
      (window as unknown as { breached: (what: string) => void }).breached(
        `${breach.effectiveDirective} ${breach.blockedURI}`,
      ),
    ),
  );
}

beforeEach(() => {
  complaints = [];
  allowed = [];
});
afterEach(() => {
  expect(takeComplaints()).toEqual([]);
});
