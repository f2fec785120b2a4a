import type { ThreadMessage } from '../../hooks/index.ts';
import { useMe, useMessageActions } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { whyOf } from '../LoadProblem/why.ts';
import { tellProblem } from '../Told/told.ts';
import styles from './Reactions.module.css';

interface ReactionsProps {
  message: ThreadMessage;
  nameOf: (userId: string) => string;
  mayWrite: boolean;
}

/** Who has reacted how; a press does the same, or takes it back. By keyboard the message's menu does it. */
export function Reactions({ message, nameOf, mayWrite }: ReactionsProps) {
  const labels = useLabels();
  const format = useFormat();
  const me = useMe();
  const { react } = useMessageActions(message.conversationId);
  const toggle = (emoji: string, isMine: boolean) =>
    react(message.id ?? '', emoji, !isMine).catch((error: unknown) =>
      tellProblem(labels.message.reactFailed(whyOf(error, labels))),
    );
  return (
    <ul className={styles.reactions}>
      {message.reactions.map(({ emoji, userIds }) => {
        const isMine = userIds.includes(me?.id ?? '');
        const names = format.list(userIds.map(nameOf));
        const count = userIds.length > 1 ? format.number(userIds.length) : null;
        return (
          <li key={emoji}>
            <button
              aria-label={labels.message.reaction(count === null ? emoji : `${emoji} ${count}`, names)}
              aria-pressed={isMine}
              className={styles.pill}
              disabled={!mayWrite}
              onClick={() => toggle(emoji, isMine)}
              tabIndex={-1}
              title={names}
              type="button"
            >
              <span>{emoji}</span>
              {count !== null && <span className={styles.count}>{count}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
