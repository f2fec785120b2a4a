/** Over all conversations; 0 until known. */
export function useUnreadCount(): number {
  throw new Error('to be written');
}
