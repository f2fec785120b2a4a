import { type MouseEvent, type PointerEvent, type TouchEvent, useRef } from 'react';
import type { Anchor } from '../Menu/Menu.tsx';

const LONG_MS = 450;
const STILL_PX = 10;

const at = (x: number, y: number): Anchor => ({ left: x, right: x, top: y, bottom: y });

/** What has a menu of its own in the browser: links, pictures, and words that are marked. */
function hasOwnMenu(target: EventTarget): boolean {
  const isLink = target instanceof Element && target.closest('a, img, textarea, input') !== null;
  return isLink || (getSelection()?.isCollapsed === false && !matchMedia('(pointer: coarse)').matches);
}

/** Handlers of an element that has a menu: by the second button of a mouse, or by a finger that stays. */
export function usePress(open: ((anchor: Anchor) => void) | null) {
  const isLong = useRef(false);
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const end = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  if (open === null) return {};
  const begin = (anchor: Anchor) => {
    isLong.current = true;
    open(anchor);
  };
  return {
    onContextMenu: (event: MouseEvent) => {
      if (hasOwnMenu(event.target)) return;
      event.preventDefault();
      end();
      open(at(event.clientX, event.clientY));
    },
    onPointerDown: (event: PointerEvent) => {
      if (event.pointerType !== 'touch' || hasOwnMenu(event.target)) return;
      const { clientX: x, clientY: y } = event;
      end();
      press.current = { x, y, timer: setTimeout(() => begin(at(x, y)), LONG_MS) };
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const begun = press.current;
      if (begun && Math.hypot(clientX - begun.x, clientY - begun.y) > STILL_PX) end();
    },
    // Some browsers take a finger that goes up for a click, however long it stayed.
    onTouchEnd: (event: TouchEvent) => {
      if (isLong.current) event.preventDefault();
      isLong.current = false;
    },
    onPointerUp: end,
    onPointerCancel: end,
  };
}
