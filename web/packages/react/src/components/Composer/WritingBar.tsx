import type { Writing } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Answered } from '../Bubble/Answered.tsx';
import { IconButton } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import styles from './WritingBar.module.css';

interface WritingBarProps {
  writing: Writing;
  /** Why it was not saved. */
  problem: string | null;
  onCancel: () => void;
}

/** Above the field: which message is answered or corrected, and the way back. */
export function WritingBar({ writing, problem, onCancel }: WritingBarProps) {
  const { composer } = useLabels();
  const isReply = writing.kind === 'reply';
  return (
    <div className={styles.bar}>
      <Icon name={isReply ? 'reply' : 'pencil'} size={16} />
      <div className={styles.about}>
        {isReply ? <Answered to={writing.to} /> : <strong>{composer.correcting}</strong>}
        {problem && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
      </div>
      <IconButton
        icon="close"
        label={isReply ? composer.cancelReply : composer.cancelCorrecting}
        onClick={onCancel}
      />
    </div>
  );
}
