import { type RefObject, useEffect } from 'react';
import { activeIn, focusPlace } from './lost-focus.ts';

/** What may hold the focus in the place of something inside that has gone. */
const PLACES = 'section, header, nav, form, ul, ol, [role], [tabindex], [data-focus-home]';

/**
 * Whoever works without a mouse must not be thrown back to the start of the page when the button they pressed has gone:
 * a pane was closed, a conversation left, a filter taken away. The focus goes to what was around it and is still there.
 */
export function useKeepFocus(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let around: Element[] = [];
    const onFocus = (event: FocusEvent) => {
      around = ancestors(event.target as Element, element);
    };
    // It went on to something else: that is somebody's wish. What is removed leaves it to nothing.
    const onBlur = (event: FocusEvent) => {
      if (event.relatedTarget !== null) around = [];
    };
    const look = () => {
      const [last] = around;
      if (last === undefined || !isLost(element) || (last.isConnected && !isDisabled(last))) return;
      const place =
        around.find((each) => each !== last && each.isConnected && each.matches(PLACES)) ?? element;
      around = [];
      if (place instanceof HTMLElement) focusPlace(place);
    };
    const observer = new MutationObserver(look);
    observer.observe(element, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['disabled', 'hidden'],
    });
    element.addEventListener('focusin', onFocus);
    element.addEventListener('focusout', onBlur);
    return () => {
      observer.disconnect();
      element.removeEventListener('focusin', onFocus);
      element.removeEventListener('focusout', onBlur);
    };
  }, [root]);
}

function ancestors(from: Element, root: Element): Element[] {
  const found: Element[] = [];
  for (let at: Element | null = from; at !== null && root.contains(at); at = at.parentElement) found.push(at);
  return found;
}

const isDisabled = (element: Element) => element.matches(':disabled');

function isLost(element: Element): boolean {
  const active = activeIn(element);
  return active === null || isDisabled(active);
}
