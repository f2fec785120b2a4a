export interface Presence {
  isOnline: boolean;
  /** RFC 3339, null when never seen. */
  lastSeen: string | null;
}

/** Null until it is known, and for people who share no conversation with the reader. */
export function usePresence(_userId: string | null): Presence | null {
  throw new Error('to be written');
}
