import type { KeyboardEvent } from 'react';

/** On a keyboard of glass Enter is the only way to a new line, and Send is under the thumb. */
export function breaksLines(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

/** Whether this key press asks to send; it never does while an input method composes. */
export function isSendKey(event: KeyboardEvent): boolean {
  // 229 is what Safari reports for the Enter that ends a composition.
  const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
  if (event.key !== 'Enter' || isComposing || event.shiftKey || event.altKey) return false;
  return event.ctrlKey || event.metaKey || !breaksLines();
}
