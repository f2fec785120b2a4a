import { useFormat, useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import styles from './UnreadBadge.module.css';

/** A count in a pill, "99+" above 99; nothing at zero. */
export function UnreadBadge({ count }: { count: number }) {
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
