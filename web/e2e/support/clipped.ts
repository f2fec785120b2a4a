import type { Page } from 'playwright-core';

/**
 * Texts of which a part cannot be seen: wider or higher than the box that cuts them, or beyond the edge of what cannot
 * be scrolled. One that ends in an ellipsis on purpose is whole in its tooltip, or in one of an element around it.
 */
export const clippedTexts = (page: Page) => page.evaluate(findClipped);

function findClipped(): string[] {
  const found: string[] = [];
  const roots: ParentNode[] = [document];
  for (const host of document.querySelectorAll('*')) if (host.shadowRoot) roots.push(host.shadowRoot);
  for (const root of roots) {
    for (const element of root.querySelectorAll<HTMLElement>('*')) {
      const text = ownText(element);
      if (text === '' || !isShown(element)) continue;
      const why = hidden(element, text);
      if (why !== null) found.push(`${why}: <${element.tagName.toLowerCase()}> ${text.slice(0, 60)}`);
    }
  }
  return found;

  function ownText(element: Element): string {
    return [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.textContent ?? '')
      .join('')
      .trim();
  }

  function isShown(element: HTMLElement): boolean {
    if (/^(SCRIPT|STYLE|TITLE|OPTION|TEXTAREA)$/.test(element.tagName)) return false;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
    // Words for those who listen are a pixel large.
    for (let at: HTMLElement | null = element; at; at = at.parentElement)
      if (at.offsetWidth <= 1 && at.offsetHeight <= 1) return false;
    return true;
  }

  function hidden(element: HTMLElement, text: string): string | null {
    const range = document.createRange();
    range.selectNodeContents(element);
    const { left, right, top, bottom, width } = range.getBoundingClientRect();
    if (width === 0) return null;
    for (let at: HTMLElement | null = element; at; at = at.parentElement ?? hostOf(at)) {
      const look = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      const cuts = (axis: string) => axis === 'hidden' || axis === 'clip';
      if (at !== element && /auto|scroll/.test(look.overflowX + look.overflowY)) {
        // What can be scrolled to is not cut; sideways nobody should have to.
        if (!cuts(look.overflowX) && at.scrollWidth > at.clientWidth + 1)
          return 'has to be scrolled sideways';
        if (/auto|scroll/.test(look.overflowY)) return null;
      }
      if (cuts(look.overflowX) && (left < box.left - 1 || right > box.right + 1))
        return isEllipsis(at) && isToldElsewhere(at, text) ? null : 'is cut at the side';
      const isClamped = look.webkitLineClamp !== 'none';
      if (cuts(look.overflowY) && !isClamped && (top < box.top - 2 || bottom > box.bottom + 2))
        return 'is cut below';
      if (/^(BUTTON|A)$/.test(at.tagName) && (left < box.left - 1 || right > box.right + 1))
        return 'sticks out of its button';
      if (look.position === 'fixed') break;
    }
    return left < -1 || right > window.innerWidth + 1 ? 'is beyond the edge' : null;
  }

  function isEllipsis(element: HTMLElement): boolean {
    return getComputedStyle(element).textOverflow === 'ellipsis';
  }

  function isToldElsewhere(element: HTMLElement, text: string): boolean {
    // A row of the list is opened to read the rest.
    if (element.closest('[data-conversation]')) return true;
    const norm = (words: string) => words.replace(/\s+/g, ' ').trim();
    for (let at: HTMLElement | null = element; at; at = at.parentElement)
      if (norm(at.title).includes(norm(text))) return true;
    return element.querySelector('[title]') !== null;
  }

  function hostOf(element: Element): HTMLElement | null {
    const root = element.getRootNode();
    return root instanceof ShadowRoot ? (root.host as HTMLElement) : null;
  }
}
