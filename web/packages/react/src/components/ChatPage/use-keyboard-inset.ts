import { type RefObject, useEffect } from 'react';

const SHORT_PX = 440;

/**
 * Phones that lay the keyboard over the page leave the page as high as it was. How much is covered goes into
 * `--haggle-keyboard`, by which the element keeps its composer above the keys.
 */
export function useKeyboardInset(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const view = window.visualViewport;
    if (!view) return;
    const look = () => {
      const covered = window.innerHeight - view.height - view.offsetTop;
      // Pinching makes the view smaller too, but opens no keyboard.
      const inset = view.scale === 1 ? Math.max(0, Math.round(covered)) : 0;
      root.current?.style.setProperty('--haggle-keyboard', `${inset}px`);
      // On its side with a keyboard, or magnified four times: what is left is for messages and for writing.
      const height = view.scale === 1 ? view.height : window.innerHeight;
      root.current?.toggleAttribute('data-haggle-short', height < SHORT_PX);
    };
    look();
    view.addEventListener('resize', look);
    view.addEventListener('scroll', look);
    return () => {
      view.removeEventListener('resize', look);
      view.removeEventListener('scroll', look);
    };
  }, [root]);
}
