import type { ReplyTo } from '../../client/index.ts';
import { useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import styles from './Answered.module.css';

interface AnsweredProps {
  to: ReplyTo;
  /** Without it, it is only shown. */
  onGo?: ((messageId: string) => void) | undefined;
}

/** The message that another one answers, in a line; a press leads to it. */
export function Answered({ to, onGo }: AnsweredProps) {
  const { message } = useLabels();
  const inside = (
    <>
      <bdi className={styles.name}>{to.senderName}</bdi>
      <bdi className={styles.preview} data-gone={to.isDeleted || undefined}>
        {to.isDeleted ? message.gone : to.preview || message.attachment}
      </bdi>
    </>
  );
  if (!onGo) return <span className={styles.answered}>{inside}</span>;
  return (
    <button
      className={styles.answered}
      onClick={() => onGo(to.id)}
      tabIndex={-1}
      title={message.inReplyTo(to.senderName)}
      type="button"
    >
      <span className={rootClasses.visuallyHidden}>{message.inReplyTo(to.senderName)}</span>
      {inside}
    </button>
  );
}
