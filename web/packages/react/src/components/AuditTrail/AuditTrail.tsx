import { useEffect, useRef } from 'react';
import type { AuditEntry, Conversation } from '../../client/index.ts';
import { useAudit, useMe } from '../../hooks/index.ts';
import { useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { useAppearance } from '../../theme/index.ts';
import { Avatar } from '../Avatar/Avatar.tsx';
import { Button } from '../Button/Button.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { peopleIn } from '../people.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { useNow } from '../use-now.ts';
import { useSettled } from '../use-settled.ts';
import styles from './AuditTrail.module.css';
import { type Repeated, withoutRepeats } from './repeats.ts';

/** Who did what in a conversation, when and from where, newest first. For administrators. */
export function AuditTrail({ conversation }: { conversation: Conversation }) {
  const { audit, common } = useLateLabels();
  const trail = useAudit({ conversationId: conversation.id });
  useFollow(conversation.rev, trail.refetch);
  if (trail.status === 'pending') return <Skeleton count={3} shape="rows" />;
  if (trail.status === 'error' && trail.entries.length === 0) {
    return <LoadProblem error={trail.error} onRetry={trail.refetch} />;
  }
  if (trail.entries.length === 0) return <p className={styles.empty}>{audit.empty}</p>;
  return (
    <>
      <ol aria-label={audit.title} className={styles.trail}>
        {withoutRepeats(trail.entries).map((repeated) => (
          <Entry {...repeated} conversation={conversation} key={repeated.entry.id} />
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

/** What changes the conversation is in its audit, too, of which no event tells. */
function useFollow(rev: number, refetch: () => void): void {
  const settled = useSettled(rev);
  const shown = useRef(settled);
  const latest = useRef(refetch);
  useEffect(() => {
    latest.current = refetch;
  });
  useEffect(() => {
    if (shown.current === settled) return;
    shown.current = settled;
    latest.current();
  }, [settled]);
}

function Entry({ conversation, entry, count }: Repeated & { conversation: Conversation }) {
  const { audit } = useLateLabels();
  const format = useFormat();
  const { avatarOf } = useAppearance();
  const now = useNow();
  const known = peopleIn(conversation).find((person) => person.id === entry.actorId);
  const name = useNameOf(entry, known?.name);
  const at = new Date(entry.at);
  return (
    <li className={styles.entry} data-action={entry.action}>
      <Avatar
        id={entry.actorId ?? ''}
        image={entry.actorId === null ? null : avatarOf(entry.actorId)}
        name={known?.name ?? name}
        size="sm"
      />
      <span className={styles.what}>
        <span>
          <bdi className={styles.name}>{name}</bdi> <span aria-hidden="true">·</span>{' '}
          <span className={styles.action}>{audit.action[entry.action]}</span>
          {count > 1 && <span>{` (${audit.times(count)})`}</span>}
        </span>
        <span className={styles.when} title={entry.userAgent ?? undefined}>
          <time dateTime={entry.at} title={format.full(at)}>
            {`${format.day(at, now)} · ${format.time(at)}`}
          </time>
          {entry.ip !== null && (
            <span className={styles.from}>
              <span aria-hidden="true">·</span> <bdi>{entry.ip}</bdi>
            </span>
          )}
        </span>
      </span>
    </li>
  );
}

function useNameOf({ actorId, action }: AuditEntry, known: string | undefined): string {
  const { audit, common } = useLateLabels();
  const me = useMe();
  if (actorId === null) return action === 'downloaded' ? audit.somebody : audit.nobody;
  return actorId === me?.id ? common.you : (known ?? actorId);
}
