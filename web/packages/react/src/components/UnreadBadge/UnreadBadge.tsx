import { type ForwardedRef, forwardRef } from 'react';
import { useUnreadCount } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import { classes, type RootProps } from '../root-props.ts';
import styles from './UnreadBadge.module.css';

export interface UnreadBadgeProps extends RootProps {
  count?: number;
}

/** A count in a pill, "99+" above 99; nothing at zero. Without `count` it is what is unread in all conversations. */
export const UnreadBadge = forwardRef<HTMLSpanElement, UnreadBadgeProps>(function UnreadBadge(
  { count, className },
  ref,
) {
  return count === undefined ? (
    <OfAll className={className} innerRef={ref} />
  ) : (
    <Badge className={className} count={count} innerRef={ref} />
  );
});

interface InnerProps extends RootProps {
  innerRef: ForwardedRef<HTMLSpanElement>;
}

function OfAll(props: InnerProps) {
  return <Badge {...props} count={useUnreadCount()} />;
}

function Badge({ count, className, innerRef }: InnerProps & { count: number }) {
  const labels = useLabels();
  const format = useFormat();
  if (count <= 0) return null;
  return (
    <span className={classes(styles.badge, className)} ref={innerRef}>
      <span aria-hidden="true">{count > 99 ? `${format.number(99)}+` : format.number(count)}</span>
      <span className={rootClasses.visuallyHidden}>{labels.list.unread(count)}</span>
    </span>
  );
}
