import { assertNever } from '../../client/assert-never.ts';
import type { MessageStatus } from '../../hooks/index.ts';
import { type Labels, useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import { Icon } from '../Icon/Icon.tsx';
import type { IconName } from '../Icon/paths.ts';
import styles from './Bubble.module.css';

/** How far an own message has come: a sign, its name for screen readers, and in words beside the newest. */
export function Receipt({ status, inWords }: { status: MessageStatus; inWords: boolean }) {
  const labels = useLabels();
  const sign = signOf(status, labels.thread);
  if (!sign) return null;
  return (
    <span className={styles.receipt} data-status={status} title={sign.words}>
      <span className={inWords ? undefined : rootClasses.visuallyHidden}>{sign.words}</span>
      <Icon name={sign.icon} size={16} />
    </span>
  );
}

function signOf(status: MessageStatus, words: Labels['thread']): { icon: IconName; words: string } | null {
  switch (status) {
    case 'received':
      return null;
    case 'queued':
      return { icon: 'clock', words: words.queued };
    case 'sending':
      return { icon: 'clock', words: words.sending };
    case 'sent':
      return { icon: 'check', words: words.sent };
    case 'delivered':
      return { icon: 'checks', words: words.delivered };
    case 'read':
      return { icon: 'checks', words: words.read };
    case 'failed':
      return { icon: 'alert', words: words.notSent };
    default:
      return assertNever(status);
  }
}
