import type { ForwardedRef } from 'react';

/** What every public component takes for its outermost element, beside a `ref`. */
export interface RootProps {
  className?: string | undefined;
}

export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}

/** Hands an element to the component's own ref and to the one it was given. */
export function both<Element>(
  own: { current: Element | null },
  given: ForwardedRef<Element>,
): (element: Element | null) => void {
  return (element) => {
    own.current = element;
    if (typeof given === 'function') given(element);
    else if (given) given.current = element;
  };
}
