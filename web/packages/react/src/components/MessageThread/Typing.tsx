import { useTyping } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import styles from './MessageThread.module.css';

/** Who is typing, in a line that is always there, so that nothing moves when they begin. */
export function Typing({ conversationId }: { conversationId: string }) {
  const { thread } = useLabels();
  const { people } = useTyping(conversationId);
  return (
    <div className={styles.typing}>
      {people.length > 0 && (
        <>
          <span aria-hidden="true" className={styles.dots}>
            <span />
            <span />
            <span />
          </span>
          <span>{thread.typing(people.map((person) => person.name))}</span>
        </>
      )}
    </div>
  );
}
