import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** Where the top of the "new messages" line was in the view, in pixels, whenever it moved; null while it was not there. */
    lineTops: (number | null)[];
  }
}

/** From the first frame on, writes down where the line is. Call it before the page is opened. */
export async function watchLine(page: Page, words: string): Promise<void> {
  await page.addInitScript((text) => {
    window.lineTops = [];
    const look = () => {
      const log = document.querySelector('[role=log]');
      const line = [...(log?.querySelectorAll('h3') ?? [])].find((each) => each.textContent === text);
      const row = line?.closest('[data-index]');
      const top = log && row ? row.getBoundingClientRect().top - log.getBoundingClientRect().top : null;
      if (log && window.lineTops.at(-1) !== top) window.lineTops.push(top);
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, words);
}

/** How far the line was from where it was first shown, at most; infinite when it went out of the page. */
export const lineMoved = (page: Page) =>
  page.evaluate(() => {
    const [first, ...later] = window.lineTops.slice(window.lineTops.findIndex((top) => top !== null));
    if (first == null) throw new Error('the line was never shown');
    return later.reduce<number>(
      (most, top) => Math.max(most, top === null ? Number.POSITIVE_INFINITY : Math.abs(top - first)),
      0,
    );
  });
