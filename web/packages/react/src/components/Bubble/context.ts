import { createContext, type ReactNode } from 'react';
import type { ThreadMessage } from '../../hooks/index.ts';
import type { FormStart } from '../Composer/negotiation.ts';
import type { Anchor } from '../Menu/Menu.tsx';

/** What a thread lets people do with its messages; messages that are not in one can only be read. */
export interface ThreadActions {
  /** The reader sits in the conversation and may write there. */
  mayWrite: boolean;
  nameOf: (userId: string) => string;
  openMenu: (message: ThreadMessage, anchor: Anchor) => void;
  reply: (message: ThreadMessage) => void;
  goTo: (messageId: string) => void;
  /** The reader's place in the trade, where offers are made; null where they make none. */
  negotiator: 'buyer' | 'supplier' | null;
  /** The name of the other side of the trade, as far as there is one. */
  counterpart: string | null;
  /** A dialog of the thread: it stays when the message that asked for it is out of sight. */
  showDialog: (dialog: ReactNode) => void;
  /** Opens the form of an offer; what was begun for something else is told to `onReplaced`, with its way back. */
  startForm: (start: FormStart, onReplaced?: (restore: () => void) => void) => void;
  renderBody?: ((message: ThreadMessage) => ReactNode) | undefined;
  renderActions?: ((message: ThreadMessage) => ReactNode) | undefined;
}

export const ThreadActionsContext = createContext<ThreadActions | null>(null);
