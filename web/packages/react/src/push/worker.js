/*
 * The service worker of the kit: shows what the server sends while no page is open, and leads to the conversation. It goes
 * to a place of the host's own site, for browsers take none from elsewhere; a host that has one already imports this one:
 * importScripts('/haggle-push.js').
 */
self.addEventListener('push', (event) => {
  const told = read(event.data);
  event.waitUntil(
    self.registration.showNotification(told.title, {
      body: told.body,
      // One for each conversation: the newest takes the place of the one before.
      tag: told.conversationId && `haggle ${told.conversationId}`,
      renotify: Boolean(told.conversationId),
      data: { conversationId: told.conversationId, url: told.url },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data ?? {}));
});

/** A page that is open is asked first; it knows how to show a conversation without loading anything. */
async function open({ conversationId, url }) {
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const page =
    pages.find((each) => each.focused) ??
    pages.find((each) => each.visibilityState === 'visible') ??
    pages[0];
  if (page) {
    await page.focus();
    page.postMessage({ haggle: 'open', conversationId, url });
    return;
  }
  const address = new URL(url ?? self.registration.scope, self.registration.scope);
  if (!url && conversationId) address.searchParams.set('conversation', conversationId);
  await self.clients.openWindow(address.href);
}

/** Whatever comes must be shown: a browser takes the permission from who shows nothing. */
function read(data) {
  try {
    const told = data?.json() ?? {};
    // Where the server leaves the words out it says at least who wrote.
    const body = [told.sender, told.text].filter(Boolean).join(': ');
    return { ...told, title: told.title || 'New message', body };
  } catch {
    return { title: 'New message', body: '' };
  }
}
