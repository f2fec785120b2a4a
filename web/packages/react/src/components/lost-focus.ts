/** In a shadow root nobody has the focus when it is lost there; in a page the body has it. */
export function activeIn(element: Element): Element | null {
  const scope = element.getRootNode() as Document | ShadowRoot;
  return scope.activeElement === document.body ? null : scope.activeElement;
}

/** Nobody has the focus, or something that was hidden a moment ago: the browser takes it from that without a word. */
export function isFocusLost(element: Element): boolean {
  const active = activeIn(element);
  return active === null || (element.contains(active) && active.checkVisibility?.() === false);
}

/** Gives the focus to a place that is not one of its own stops, for as long as it stays there. */
export function focusPlace(place: HTMLElement): void {
  if (!place.hasAttribute('tabindex') && !place.matches('a[href], button, input, textarea')) {
    place.tabIndex = -1;
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
  }
  place.focus({ preventScroll: true });
}

/** The row of a conversation in the list inside, if it is there. */
export function rowIn(element: Element, conversationId: string | null): HTMLElement | null {
  const rows = Array.from(element.querySelectorAll<HTMLElement>('[data-conversation]'));
  return rows.find((row) => row.dataset['conversation'] === conversationId) ?? null;
}
