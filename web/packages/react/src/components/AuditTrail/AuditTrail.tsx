import type { AuditEntry, Conversation } from '../../client/index.ts';
import { useAudit, useMe } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { peopleIn } from '../people.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import styles from './AuditTrail.module.css';

/** Who did what in a conversation, when and from where, newest first. For administrators. */
export function AuditTrail({ conversation }: { conversation: Conversation }) {
  const { audit, common } = useLabels();
  const trail = useAudit({ conversationId: conversation.id });
  if (trail.status === 'pending') return <Skeleton count={3} shape="rows" />;
  if (trail.status === 'error' && trail.entries.length === 0) {
    return (
      <Notice icon="alert" title={audit.failed} tone="danger">
        <Button icon="retry" onClick={trail.refetch}>
          {common.retry}
        </Button>
      </Notice>
    );
  }
  if (trail.entries.length === 0) return <p className={styles.empty}>{audit.empty}</p>;
  return (
    <>
      <ol aria-label={audit.title} className={styles.trail}>
        {trail.entries.map((entry) => (
          <Entry conversation={conversation} entry={entry} key={entry.id} />
        ))}
      </ol>
      {trail.hasMore && (
        <Button disabled={trail.isLoadingMore} onClick={trail.loadMore} small>
          {trail.isLoadingMore ? common.loading : common.loadMore}
        </Button>
      )}
    </>
  );
}

function Entry({ conversation, entry }: { conversation: Conversation; entry: AuditEntry }) {
  const { audit, common } = useLabels();
  const format = useFormat();
  const me = useMe();
  const known = peopleIn(conversation).find((person) => person.id === entry.actorId);
  const name = entry.actorId === me?.id ? common.you : (known?.name ?? entry.actorId ?? audit.somebody);
  return (
    <li className={styles.entry}>
      <span>
        <bdi className={styles.name}>{name}</bdi> · {audit.action[entry.action]}
      </span>
      <span className={styles.when} title={entry.userAgent ?? undefined}>
        <time dateTime={entry.at}>{format.full(new Date(entry.at))}</time>
        {entry.ip !== null && (
          <>
            {' '}
            · <bdi>{entry.ip}</bdi>
          </>
        )}
      </span>
    </li>
  );
}
