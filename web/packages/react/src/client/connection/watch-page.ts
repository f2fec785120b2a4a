import type { Page } from '../environment.ts';

export interface PageListener {
  networkLost: () => void;
  networkBack: () => void;
  /** Somebody has just begun to look at the page. */
  seen: () => void;
}

/** Turns the browser's many signals into the three that matter. */
export function watchPage(page: Page, listener: PageListener): () => void {
  let online = page.isOnline();
  let visible = page.isVisible();
  let focused = page.isFocused();
  return page.watch(() => {
    const before = { online, visible, focused };
    online = page.isOnline();
    visible = page.isVisible();
    focused = page.isFocused();
    if (before.online && !online) listener.networkLost();
    if (!before.online && online) listener.networkBack();
    if ((!before.visible && visible) || (!before.focused && focused)) listener.seen();
  });
}
