import { useUnreadCount } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import styles from './UnreadBadge.module.css';

/** A count in a pill, "99+" above 99; nothing at zero. Without `count` it is what is unread in all conversations. */
export function UnreadBadge({ count }: { count?: number }) {
  return count === undefined ? <OfAll /> : <Badge count={count} />;
}

function OfAll() {
  return <Badge count={useUnreadCount()} />;
}

function Badge({ count }: { count: number }) {
  const labels = useLabels();
  const format = useFormat();
  if (count <= 0) return null;
  return (
    <span className={styles.badge}>
      <span aria-hidden="true">{count > 99 ? `${format.number(99)}+` : format.number(count)}</span>
      <span className={rootClasses.visuallyHidden}>{labels.list.unread(count)}</span>
    </span>
  );
}
