import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** A text field as high as its text, up to what its style allows, that takes the focus when asked to. */
export function useField(text: string, autoFocus: boolean): RefObject<HTMLTextAreaElement | null> {
  const field = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.blockSize = 'auto';
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    // On touch screens the focus would open the keyboard over what one came to read.
    if (!autoFocus || matchMedia('(pointer: coarse)').matches) return;
    const element = field.current;
    element?.focus({ preventScroll: true });
    // One goes on where the text ends.
    element?.setSelectionRange(element.value.length, element.value.length);
  }, [autoFocus]);
  return field;
}
