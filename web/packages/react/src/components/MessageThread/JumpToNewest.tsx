import { useFormat, useLabels } from '../../labels/index.ts';
import { Icon } from '../Icon/Icon.tsx';
import styles from './MessageThread.module.css';

const MOST = 99;

export function JumpToNewest({ count, onJump }: { count: number; onJump: () => void }) {
  const { thread } = useLabels();
  const format = useFormat();
  // Beyond a hundred the number itself says nothing, and what is spoken says what is seen.
  const shown = count > MOST ? `${format.number(MOST)}+` : format.number(count);
  const label =
    count === 0 ? thread.jump : count > MOST ? `${shown} · ${thread.jump}` : thread.jumpUnread(count);
  return (
    <button aria-label={label} className={styles.jump} onClick={onJump} title={label} type="button">
      {count > 0 && <span className={styles.jumpCount}>{shown}</span>}
      <Icon name="down" />
    </button>
  );
}
