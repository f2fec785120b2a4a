import { createStore } from '../../client/store.ts';

/** The conversation that somebody chose in a notification, until a part of the page has opened it. */
export const wanted = createStore<string | null>(null);

let isListening = false;

/** The kit's service worker asks an open page first. */
export function listenToWorker(): void {
  if (isListening || typeof navigator === 'undefined' || !navigator.serviceWorker?.addEventListener) return;
  isListening = true;
  navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent) => {
    if (data?.haggle === 'open' && typeof data.conversationId === 'string') wanted.set(data.conversationId);
  });
}
