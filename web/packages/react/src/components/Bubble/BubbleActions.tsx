import { type RefObject, useContext } from 'react';
import type { ThreadMessage } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import styles from './BubbleActions.module.css';
import { ThreadActionsContext } from './context.ts';

interface BubbleActionsProps {
  message: ThreadMessage;
  /** The thread is one stop of the Tab key, at this message. */
  isStop: boolean;
  bubble: RefObject<HTMLElement | null>;
}

/** Beside a message: what is done most, and the menu with the rest. */
export function BubbleActions({ message, isStop, bubble }: BubbleActionsProps) {
  const { message: words } = useLabels();
  const actions = useContext(ThreadActionsContext);
  if (!actions || message.id === null) return null;
  return (
    <span className={styles.actions}>
      {actions.renderActions?.(message)}
      {actions.mayWrite && message.deletedAt === null && (
        <IconButton
          directional
          icon="reply"
          label={words.reply}
          onClick={() => actions.reply(message)}
          tabIndex={-1}
        />
      )}
      <IconButton
        aria-haspopup="menu"
        data-message-stop={message.key}
        icon="more"
        label={words.actions}
        onClick={(event) =>
          actions.openMenu(message, (bubble.current ?? event.currentTarget).getBoundingClientRect())
        }
        tabIndex={isStop ? 0 : -1}
      />
    </span>
  );
}
