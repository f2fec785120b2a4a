import { useLabels } from '../../labels/index.ts';
import { Icon } from '../Icon/Icon.tsx';
import styles from './Composer.module.css';
import type { TextLimit } from './text-limit.ts';

interface ComposerHintsProps {
  id: string;
  limit: TextLimit;
  seconds: number;
}

/** What stands in the way of sending, or how sending works. */
export function ComposerHints({ id, limit, seconds }: ComposerHintsProps) {
  const { composer } = useLabels();
  if (seconds > 0) {
    return (
      <p className={styles.hints} data-tone="warning" id={id} role="timer">
        <Icon name="clock" size={16} />
        {composer.limited(seconds)}
      </p>
    );
  }
  if (limit.over > 0) {
    return (
      <p className={styles.hints} data-tone="danger" id={id}>
        <Icon name="alert" size={16} />
        {composer.tooLong(limit.over)}
      </p>
    );
  }
  return (
    <p className={styles.hints} data-tone={limit.left === null ? 'calm' : undefined} id={id}>
      {limit.left === null ? composer.keys : composer.remaining(limit.left)}
    </p>
  );
}
