import { useFormat, useLabels } from '../../labels/index.ts';
import { Icon } from '../Icon/Icon.tsx';
import styles from './MessageThread.module.css';

export function JumpToNewest({ count, onJump }: { count: number; onJump: () => void }) {
  const { thread } = useLabels();
  const format = useFormat();
  const label = count > 0 ? thread.jumpUnread(count) : thread.jump;
  return (
    <button aria-label={label} className={styles.jump} onClick={onJump} title={label} type="button">
      {count > 0 && (
        <span className={styles.jumpCount}>
          {count > 99 ? `${format.number(99)}+` : format.number(count)}
        </span>
      )}
      <Icon name="down" />
    </button>
  );
}
