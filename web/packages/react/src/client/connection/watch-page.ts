import type { Page } from '../environment.ts';

export interface PageListener {
  networkLost: () => void;
  networkBack: () => void;
  /** Somebody has just begun to look at the page. */
  seen: () => void;
  /** The page had been put to sleep. */
  awake?: () => void;
}

/** Turns the browser's many signals into the few that matter. */
export function watchPage(page: Page, listener: PageListener): () => void {
  let online = page.isOnline();
  let visible = page.isVisible();
  let focused = page.isFocused();
  let asleep = page.isAsleep();
  return page.watch(() => {
    const before = { online, visible, focused, asleep };
    online = page.isOnline();
    visible = page.isVisible();
    focused = page.isFocused();
    asleep = page.isAsleep();
    if (before.asleep && !asleep) listener.awake?.();
    if (before.online && !online) listener.networkLost();
    if (!before.online && online) listener.networkBack();
    if ((!before.visible && visible) || (!before.focused && focused)) listener.seen();
  });
}
