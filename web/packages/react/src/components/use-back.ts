import { useEffect, useRef } from 'react';

/** Something that lies over the page, and the entry of the browser's history that stands for it. */
interface Layer {
  id: string;
  onBack: () => void;
  isClosed: boolean;
}

/** Of this page, the newest last. */
const layers: Layer[] = [];
let made = 0;
let leaving: ReturnType<typeof setTimeout> | undefined;
/** How the ids of this page begin; one that is loaded again is another. */
const thisPage = `${performance.timeOrigin}-`;
let flush: ReturnType<typeof setTimeout> | undefined;

/** Where a phone shows one thing at a time, Back is how people leave it. On a server nobody does. */
export function isPhone(): boolean {
  return typeof matchMedia !== 'undefined' && matchMedia('(max-width: 520px)').matches;
}

/**
 * While `isActive`, the browser's Back calls `onBack` instead of leaving the page. Layers may lie over each other: Back
 * takes the newest. The address and whatever else the page keeps in its entry stay as they are.
 */
export function useBack(isActive: boolean, onBack: () => void): void {
  const latest = useRef(onBack);
  latest.current = onBack;
  useEffect(() => {
    if (!isActive) {
      leaveStale();
      return;
    }
    const layer = openLayer(() => latest.current());
    return () => closeLayer(layer);
  }, [isActive]);
}

function openLayer(onBack: () => void): Layer | null {
  const top = layers.at(-1);
  // What was closed in this very moment and opened again keeps its entry.
  if (top?.isClosed) return Object.assign(top, { onBack, isClosed: false });
  made += 1;
  const layer: Layer = { id: `${thisPage}${made}`, onBack, isClosed: false };
  try {
    const isOurs = isStale();
    const state: unknown = history.state;
    const next = { ...(typeof state === 'object' ? state : null), haggleLayer: layer.id };
    // What lay over the page before its reload left an entry, which now stands for this.
    if (isOurs) history.replaceState(next, '');
    else history.pushState(next, '');
  } catch {
    // Some frames may not; there Back does what it always did.
    return null;
  }
  if (layers.length === 0) window.addEventListener('popstate', goBack);
  layers.push(layer);
  return layer;
}

/** Whether the current entry stands for something that was open before the page was loaded again. */
function isStale(): boolean {
  const id = currentLayer();
  return layers.length === 0 && typeof id === 'string' && !id.startsWith(thisPage);
}

/** Nothing lies over the page that was loaded again: one press of Back must not be lost on leaving the entry of what did. */
function leaveStale(): void {
  clearTimeout(leaving);
  // Not at once: what opens with the page takes the entry.
  leaving = setTimeout(() => {
    if (!isStale()) return;
    // Where several lay over each other, each had its own.
    window.addEventListener('popstate', leaveStale, { once: true });
    history.back();
  });
}

/** Closed by other means than Back: its entry goes too, unless the page has gone on from it. */
function closeLayer(layer: Layer | null): void {
  if (layer === null) return;
  layer.isClosed = true;
  clearTimeout(flush);
  flush = setTimeout(() => {
    const current = currentLayer();
    const isOnTop = layers.at(-1)?.id === current;
    let count = 0;
    for (; layers.at(-1)?.isClosed; count += 1) forgetTop();
    if (count > 0 && isOnTop) history.go(-count);
  });
}

function goBack(): void {
  const id = currentLayer();
  while (layers.length > 0 && layers.at(-1)?.id !== id) {
    const layer = forgetTop();
    if (layer && !layer.isClosed) layer.onBack();
  }
}

function forgetTop(): Layer | undefined {
  const layer = layers.pop();
  if (layers.length === 0) window.removeEventListener('popstate', goBack);
  return layer;
}

function currentLayer(): unknown {
  return (history.state as { haggleLayer?: unknown } | null)?.haggleLayer;
}
