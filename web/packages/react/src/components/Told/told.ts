import { createStore } from '../../client/store.ts';

/** A short word about something that was done, or was not. */
export interface Told {
  text: string;
  tone: 'calm' | 'danger';
  /** What one can do about it. */
  action?: { label: string; act: () => void } | undefined;
  /** When, in milliseconds: where no place was to show it, it is not news for ever. */
  at: number;
}

/** The latest; one at a time is read. */
export const told = createStore<Told | null>(null);

export function tell(text: string, action?: Told['action']): void {
  told.set({ text, tone: 'calm', action, at: Date.now() });
}

export function tellProblem(text: string, action?: Told['action']): void {
  told.set({ text, tone: 'danger', action, at: Date.now() });
}
