import { usePresence } from '../../hooks/index.ts';
import { type Labels, useFormat, useLabels } from '../../labels/index.ts';
import { useNow } from '../ConversationList/use-now.ts';
import type { Person } from '../people.ts';
import styles from './ConversationHeader.module.css';

/** With one person, whether they are there; with more, who they are. */
export function PresenceLine({ others }: { others: readonly Person[] }) {
  const { header } = useLabels();
  const [only, second] = others;
  if (!only) return <p className={styles.presence}>{header.waitingForSupport}</p>;
  return second ? <Everybody others={others} /> : <OnePerson person={only} />;
}

function OnePerson({ person }: { person: Person }) {
  const labels = useLabels();
  const format = useFormat();
  const now = useNow();
  const presence = usePresence(person.id);
  const isOnline = presence?.isOnline ?? person.isOnline;
  const seen = presence?.lastSeen
    ? labels.header.lastSeen(format.ago(new Date(presence.lastSeen), now))
    : null;
  return (
    <p className={styles.presence}>
      {labels.role[person.role]}
      <span aria-hidden="true"> · </span>
      <span className={isOnline ? styles.online : undefined}>
        {isOnline ? labels.common.online : (seen ?? labels.header.offline)}
      </span>
    </p>
  );
}

function Everybody({ others }: { others: readonly Person[] }) {
  const labels = useLabels();
  return (
    <p className={styles.presence}>
      {others.map((person, index) => (
        <span key={person.id}>
          {index > 0 && <span aria-hidden="true"> · </span>}
          <bdi>{person.name}</bdi> {roleOf(person, labels)}
        </span>
      ))}
    </p>
  );
}

function roleOf(person: Person, { role, common }: Labels): string {
  return person.isOnline ? `(${role[person.role]}, ${common.online})` : `(${role[person.role]})`;
}
