/**
 * Marks the conversation as read up to the newest message that is on screen, but only while the page is visible and
 * has the focus; otherwise it waits until it is.
 */
export function useMarkRead(
  _conversationId: string | null,
  _newestSeen: { id: string; seq: number } | null,
): void {
  throw new Error('to be written');
}
