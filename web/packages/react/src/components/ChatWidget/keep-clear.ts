/**
 * Moves the launcher up, by `--haggle-widget-lift` on `root`, for as long as it would cover a bar or a button that the page
 * keeps in the same place, or a composer (`data-haggle-clear`). Returns how to stop.
 */
export function keepClear(root: HTMLElement, launcher: HTMLElement): () => void {
  let frame = 0;
  const look = () => {
    frame = 0;
    root.style.setProperty('--haggle-widget-lift', `${liftOver(launcher)}px`);
  };
  const soon = () => {
    if (frame === 0) frame = requestAnimationFrame(look);
  };
  const changes = new MutationObserver(soon);
  changes.observe(document.body, { childList: true, subtree: true });
  const scrolling = { capture: true, passive: true };
  window.addEventListener('resize', soon);
  window.addEventListener('scroll', soon, scrolling);
  soon();
  return () => {
    cancelAnimationFrame(frame);
    changes.disconnect();
    window.removeEventListener('resize', soon);
    window.removeEventListener('scroll', soon, scrolling);
  };
}

/** Between what is covered and the launcher. */
const GAP = 12;

/** By how many pixels it has to be higher than its own place. */
function liftOver(launcher: HTMLElement): number {
  const box = launcher.getBoundingClientRect();
  const lifted = Number.parseFloat(getComputedStyle(launcher).getPropertyValue('--haggle-widget-lift')) || 0;
  const [bottom, size] = [box.bottom + lifted, box.height];
  let lift = 0;
  // What is above the first obstacle may be another.
  for (let rounds = 0; rounds < 3; rounds += 1) {
    const top = topOfObstacle(box, bottom - lift - size, bottom - lift);
    if (top === null) break;
    lift = bottom - top + GAP;
  }
  // Where there is no room the launcher stays where people know it.
  return lift > window.innerHeight / 2 ? 0 : Math.max(0, Math.round(lift));
}

function topOfObstacle(box: DOMRect, top: number, bottom: number): number | null {
  const tops: number[] = [];
  for (const x of [box.left + 2, box.left + box.width / 2, box.right - 2]) {
    for (const y of [top + 2, (top + bottom) / 2, bottom - 2]) {
      for (const element of document.elementsFromPoint?.(x, y) ?? []) {
        const obstacle = obstacleAround(element);
        if (obstacle !== null) tops.push(obstacle.getBoundingClientRect().top);
      }
    }
  }
  return tops.length === 0 ? null : Math.min(...tops);
}

/** The bar, button or composer that an element is part of. What is as high as half the screen is the page itself. */
function obstacleAround(element: Element): Element | null {
  if (element.closest('haggle-widget, [data-haggle-widget]')) return null;
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
    const isFixed =
      at.hasAttribute('data-haggle-clear') || /fixed|sticky/.test(getComputedStyle(at).position);
    if (isFixed && at.getBoundingClientRect().height < window.innerHeight / 2) return at;
  }
  return null;
}
