import { createContext, type ReactNode } from 'react';
import type { ThreadMessage } from '../../hooks/index.ts';
import type { Anchor } from '../Menu/Menu.tsx';

/** What a thread lets people do with its messages; messages that are not in one can only be read. */
export interface ThreadActions {
  /** The reader sits in the conversation and may write there. */
  mayWrite: boolean;
  nameOf: (userId: string) => string;
  openMenu: (message: ThreadMessage, anchor: Anchor) => void;
  reply: (message: ThreadMessage) => void;
  goTo: (messageId: string) => void;
  renderBody?: ((message: ThreadMessage) => ReactNode) | undefined;
  renderActions?: ((message: ThreadMessage) => ReactNode) | undefined;
}

export const ThreadActionsContext = createContext<ThreadActions | null>(null);
