import { vi } from 'vitest';

/** What jsdom lacks and the components use: sizes, observers, media queries, popovers and dialogs. */
export function stubBrowser(): void {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
  vi.stubGlobal('ResizeObserver', Observer);
  vi.stubGlobal('IntersectionObserver', Observer);
  const size = { configurable: true, get: () => 600 };
  for (const name of ['offsetHeight', 'offsetWidth', 'clientHeight']) {
    Object.defineProperty(HTMLElement.prototype, name, size);
  }
  HTMLElement.prototype.scrollTo = () => undefined;
  HTMLElement.prototype.showPopover = () => undefined;
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
  document.elementFromPoint = () => null;
}

class Observer {
  observe() {}
  unobserve() {}
  disconnect() {}
}
