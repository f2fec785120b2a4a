export interface TypingPerson {
  userId: string;
  name: string;
}

export interface TypingResult {
  /** Who else is typing here now. */
  people: readonly TypingPerson[];
  /** Call on every change of the text; sends at most one frame every few seconds. */
  onType: () => void;
  /** Call when the text was sent or emptied. */
  onStop: () => void;
}

export function useTyping(_conversationId: string | null): TypingResult {
  throw new Error('to be written');
}
