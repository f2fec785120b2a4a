import { useState } from 'react';
import { type SendProblem, type ThreadMessage, useDraft } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import styles from './Bubble.module.css';
import { EditUnsent } from './EditUnsent.tsx';

interface ProblemProps {
  message: ThreadMessage;
  onRetry: () => void;
  onDiscard: () => void;
}

/** Why a message was not sent, and what one can do. */
export function Problem({ message, onRetry, onDiscard }: ProblemProps) {
  const { thread, common } = useLabels();
  const draft = useDraft(`edit ${message.key}`);
  const [isOpen, setOpen] = useState(false);
  // A change that was begun goes on, also after a reload.
  const isEditing = isOpen || draft.text !== '';
  const edit = () => {
    draft.setText(message.text);
    setOpen(true);
  };
  return (
    <div className={styles.problem}>
      <span className={styles.reason}>{reasonOf(message.problem, thread)}</span>
      {isEditing ? (
        <EditUnsent draft={draft} message={message} onClose={() => setOpen(false)} />
      ) : (
        <span className={styles.remedies}>
          <Button icon="retry" onClick={onRetry} small>
            {common.retry}
          </Button>
          <Button onClick={edit} small>
            {thread.edit}
          </Button>
          <Button icon="trash" kind="danger" onClick={onDiscard} small>
            {thread.discard}
          </Button>
        </span>
      )}
    </div>
  );
}

interface Words {
  notSent: string;
  reasons: Record<string, string>;
}

/** In the reader's language where there are words for it, else in the server's. */
function reasonOf(problem: SendProblem | null, { notSent, reasons }: Words): string {
  if (problem === null) return notSent;
  return `${notSent}: ${reasons[problem.code] ?? problem.message}`;
}
