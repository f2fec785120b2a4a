import type { SendProblem } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import styles from './Bubble.module.css';

interface ProblemProps {
  problem: SendProblem | null;
  onRetry: () => void;
  onDiscard: () => void;
}

/** Why a message was not sent, and what one can do. */
export function Problem({ problem, onRetry, onDiscard }: ProblemProps) {
  const { thread, common } = useLabels();
  return (
    <div className={styles.problem}>
      <span className={styles.reason}>
        {problem ? `${thread.notSent}: ${problem.message}` : thread.notSent}
      </span>
      <span className={styles.remedies}>
        <Button icon="retry" onClick={onRetry} small>
          {common.retry}
        </Button>
        <Button icon="trash" kind="danger" onClick={onDiscard} small>
          {thread.discard}
        </Button>
      </span>
    </div>
  );
}
