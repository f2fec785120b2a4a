import type { BrowserContext, Request } from 'playwright-core';
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

const answerWithinMs = 5_000;

/**
 * Watches a context to its end. A request that is still on its way when a test ends may fail a moment later or not; so the
 * context closes when those are answered. Those that a test itself holds back are waited for no longer than that.
 */
export async function watch(context: BrowserContext): Promise<void> {
  const onTheirWay = new Set<Request>();
  context.on('request', (request) => onTheirWay.add(request));
  context.on('requestfinished', (request) => onTheirWay.delete(request));
  context.on('requestfailed', (request) => onTheirWay.delete(request));
  const close = context.close.bind(context);
  context.close = async (options) => {
    await within(answerWithinMs, async () => {
      await Promise.all([...onTheirWay].map((request) => request.response().catch(() => null)));
      // What the pages have said of it by now comes before what they answer to this.
      await Promise.all(context.pages().map((page) => page.evaluate('0').catch(() => null)));
    });
    await close(options);
  };
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

async function within(limitMs: number, work: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work(), patience]);
  clearTimeout(timer);
}

beforeEach(() => {
  complaints = [];
  allowed = [];
});
afterEach(() => {
  expect(takeComplaints()).toEqual([]);
});
