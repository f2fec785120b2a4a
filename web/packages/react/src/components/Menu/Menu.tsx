import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';
import { Icon } from '../Icon/Icon.tsx';
import type { IconName } from '../Icon/paths.ts';
import { activeIn } from '../lost-focus.ts';
import styles from './Menu.module.css';

export interface MenuItem {
  label: string;
  icon: IconName;
  isDanger?: boolean;
  onSelect: () => void;
}

/** Where a menu opens: beside this rectangle of the window. */
export type Anchor = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

interface MenuProps {
  label: string;
  items: readonly MenuItem[];
  anchor: Anchor;
  /** Above the items; what is a menu item in it is reached by the arrow keys too. */
  head?: ReactNode;
  foot?: ReactNode;
  onClose: () => void;
}

const MARGIN_PX = 8;
/** A click follows its press within this time. */
const SWALLOW_MS = 700;

/** What can be done, in the browser's top layer. Arrow keys move, Escape and a press outside close; the focus goes back. */
export function Menu({ label, items, anchor, head, foot, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const latest = useRef(onClose);
  latest.current = onClose;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it opens once
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const before = activeIn(element);
    element.showPopover?.();
    place(element, anchor);
    stopsIn(element)[0]?.focus({ preventScroll: true });
    const stopWatching = watchOutside(element, () => latest.current());
    return () => {
      stopWatching();
      // What was chosen may have taken the focus already.
      const active = activeIn(element);
      const isHere = active === null || element.contains(active);
      if (isHere && before instanceof HTMLElement && before.isConnected)
        before.focus({ preventScroll: true });
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape' || event.key === 'Tab') {
      // Only this closes, and not what is around it.
      event.preventDefault();
      event.stopPropagation();
      onClose();
      return;
    }
    const stops = stopsIn(event.currentTarget);
    const at = stops.indexOf(event.target as HTMLElement);
    const to = nextStop(event.key, at, stops.length, isReversed(event.currentTarget));
    if (to === null) return;
    event.preventDefault();
    stops[to]?.focus();
  };
  return (
    <div
      aria-label={label}
      className={styles.menu}
      onKeyDown={onKeyDown}
      // Not "auto": that one closes with the press that opened it, when the finger or the second button goes up.
      popover="manual"
      ref={menu}
      role="menu"
      tabIndex={-1}
    >
      {head}
      {items.map((item) => (
        <button
          className={styles.item}
          data-danger={item.isDanger || undefined}
          key={item.label}
          onClick={item.onSelect}
          role="menuitem"
          tabIndex={-1}
          type="button"
        >
          <Icon directional={item.icon === 'reply'} name={item.icon} />
          <span>{item.label}</span>
        </button>
      ))}
      {foot}
    </div>
  );
}

/** A press outside closes, and does nothing else there; so do another window and a scroll that takes the place away. */
function watchOutside(element: HTMLElement, close: () => void): () => void {
  const swallow = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  const onPress = (event: Event) => {
    if (event.composedPath().includes(element)) return;
    document.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => document.removeEventListener('click', swallow, { capture: true }), SWALLOW_MS);
    close();
  };
  const onWheel = (event: Event) => {
    if (!event.composedPath().includes(element)) close();
  };
  document.addEventListener('pointerdown', onPress, { capture: true });
  document.addEventListener('wheel', onWheel, { capture: true, passive: true });
  window.addEventListener('resize', close);
  window.addEventListener('blur', close);
  return () => {
    document.removeEventListener('pointerdown', onPress, { capture: true });
    document.removeEventListener('wheel', onWheel, { capture: true });
    window.removeEventListener('resize', close);
    window.removeEventListener('blur', close);
  };
}

const stopsIn = (element: HTMLElement) =>
  Array.from(element.querySelectorAll<HTMLElement>('[role^="menuitem"]'));

const isReversed = (element: Element) => getComputedStyle(element).direction === 'rtl';

function nextStop(key: string, at: number, count: number, isReversed: boolean): number | null {
  const [forward, back] = isReversed ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  if (key === 'ArrowDown' || key === forward) return (at + 1) % count;
  if (key === 'ArrowUp' || key === back) return (at - 1 + count) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

/** Below what it belongs to where there is room, else above, and inside the window whatever happens. */
function place(element: HTMLElement, anchor: Anchor): void {
  // A narrow screen has a sheet at its lower edge; the style says so.
  if (getComputedStyle(element).getPropertyValue('--is-sheet').trim() === '1') return;
  const { width, height } = element.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  const below = anchor.bottom + height + MARGIN_PX <= innerHeight;
  const top = below ? anchor.bottom : anchor.top - height;
  const left = isReversed(element) ? anchor.left : anchor.right - width;
  const inside = (value: number, size: number, room: number) =>
    Math.max(MARGIN_PX, Math.min(value, room - size - MARGIN_PX));
  element.style.left = `${inside(left, width, innerWidth)}px`;
  element.style.top = `${inside(top, height, innerHeight)}px`;
}
