import { useIsCutOff, usePresence } from '../../hooks/index.ts';
import { type Labels, useFormat, useLabels } from '../../labels/index.ts';
import type { Person } from '../people.ts';
import { useCompany } from '../use-company.ts';
import { useNow } from '../use-now.ts';
import styles from './ConversationHeader.module.css';

/** Whether the other side is there; an administrator, who sees both sides, is told who they are. */
export function PresenceLine({ others }: { others: readonly Person[] }) {
  const { header } = useLabels();
  const [first, ...rest] = others;
  if (!first) return <p className={styles.presence}>{header.waitingForSupport}</p>;
  const areSides = rest.some((person) => person.role !== 'admin');
  return areSides ? <Everybody others={others} /> : <OtherSide helpers={rest} person={first} />;
}

interface OtherSideProps {
  person: Person;
  helpers: readonly Person[];
}

function OtherSide({ person, helpers }: OtherSideProps) {
  const labels = useLabels();
  const format = useFormat();
  const now = useNow();
  const presence = usePresence(person.id);
  const isCutOff = useIsCutOff();
  // As the list and the details have it: one truth, whatever was asked for beside it.
  const isOnline = !isCutOff && person.isOnline;
  const company = useCompany(person);
  const lastSeen = presence?.lastSeen ?? null;
  const absence = () =>
    lastSeen === null ? labels.header.offline : labels.header.lastSeen(format.ago(new Date(lastSeen), now));
  return (
    <p className={styles.presence}>
      {company && (
        <>
          <bdi>{company}</bdi>
          <span aria-hidden="true"> · </span>
        </>
      )}
      <span>{labels.role[person.role]}</span>
      <span aria-hidden="true"> · </span>
      <span className={isOnline ? styles.online : undefined}>
        {isOnline ? labels.common.online : isCutOff ? labels.header.unknown : absence()}
      </span>
      <Clock now={now} person={person} />
      {helpers.map((helper) => (
        <span key={helper.id}>
          <span aria-hidden="true"> · </span>
          <bdi>{helper.name}</bdi> <span>{`(${labels.role[helper.role]})`}</span>
        </span>
      ))}
    </p>
  );
}

/** What time it is for them, where that is another than here, and how long they usually take. */
function Clock({ person, now }: { person: Person; now: Date }) {
  const { header } = useLabels();
  const format = useFormat();
  const time = person.timeZone ? format.timeIn(now, person.timeZone) : null;
  const minutes = person.answersWithinMinutes ?? null;
  const parts = [
    ...(time !== null && time !== format.time(now) ? [header.localTime(time)] : []),
    ...(minutes === null ? [] : [header.answersWithin(format.duration(minutes * 60_000))]),
  ];
  return parts.map((part) => (
    <span key={part}>
      <span aria-hidden="true"> · </span>
      {part}
    </span>
  ));
}

function Everybody({ others }: { others: readonly Person[] }) {
  const labels = useLabels();
  const isCutOff = useIsCutOff();
  return (
    <p className={styles.presence}>
      {others.map((person, index) => (
        <span key={person.id}>
          {index > 0 && <span aria-hidden="true"> · </span>}
          <bdi>{person.name}</bdi> <span>{roleOf(person, !isCutOff && person.isOnline, labels)}</span>
        </span>
      ))}
    </p>
  );
}

function roleOf(person: Person, isOnline: boolean, { role, common }: Labels): string {
  return isOnline ? `(${role[person.role]}, ${common.online})` : `(${role[person.role]})`;
}
