import type { Page } from 'playwright-core';

/**
 * Scrolls the thread up by so many pixels, then watches the message in the middle of the view, frame by frame, while
 * `meanwhile` happens: the most pixels that it was away from where the scrolling had put it.
 */
export async function drift(
  page: Page,
  scrollBy: number,
  meanwhile: () => Promise<unknown>,
): Promise<number> {
  await page.evaluate(startWatching, scrollBy);
  await meanwhile();
  return page.evaluate(() => window.stopWatching());
}

declare global {
  interface Window {
    stopWatching: () => number;
  }
}

async function startWatching(scrollBy: number): Promise<void> {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const log = document.querySelector('[role=log]');
  if (!log) throw new Error('no thread');
  log.scrollTop = Math.max(0, log.scrollTop - scrollBy);
  // Rows that were never drawn get their true heights first.
  for (let at = 0; at < 5; at += 1) await frame();
  const { top, left, width, height } = log.getBoundingClientRect();
  const row = document
    .elementsFromPoint(left + width / 2, top + height / 2)
    .find((each) => each.hasAttribute('data-index'));
  const text = row?.querySelector('article')?.textContent;
  if (!row || !text) throw new Error('no message in the middle of the view');
  const before = row.getBoundingClientRect().top;
  let largest = 0;
  let isOver = false;
  window.stopWatching = () => {
    isOver = true;
    return largest;
  };
  const look = () => {
    if (isOver) return;
    const same = [...log.querySelectorAll('[data-index]')].find(
      (each) => each.querySelector('article')?.textContent === text,
    );
    const distance = same ? Math.abs(same.getBoundingClientRect().top - before) : Number.POSITIVE_INFINITY;
    largest = Math.max(largest, distance);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** How far the thread is from its newest message, in pixels. */
export const distanceFromEnd = (page: Page) =>
  page.getByRole('log').evaluate((log) => log.scrollHeight - log.clientHeight - log.scrollTop);

/** So many frames of the page. */
export const frames = (page: Page, count: number) =>
  page.evaluate(async (left) => {
    for (let at = 0; at < left; at += 1) await new Promise((done) => requestAnimationFrame(done));
  }, count);
