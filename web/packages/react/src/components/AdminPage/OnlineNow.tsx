import { useMemo } from 'react';
import type { Conversation, Me } from '../../client/index.ts';
import { useConversations, useIsCutOff } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { useAppearance } from '../../theme/index.ts';
import { Avatar } from '../Avatar/Avatar.tsx';
import { type Person, peopleIn } from '../people.ts';
import styles from './OnlineNow.module.css';

const SHOWN = 6;

/** The people of the loaded conversations who are there now. */
export function OnlineNow({ me }: { me: Me | null }) {
  const { admin } = useLabels();
  const format = useFormat();
  const { avatarOf } = useAppearance();
  const { conversations, hasMore } = useConversations({ view: 'all' });
  const isCutOff = useIsCutOff();
  const people = useMemo(() => (isCutOff ? [] : onlineIn(conversations, me)), [isCutOff, conversations, me]);
  return (
    <details className={styles.online}>
      <summary className={styles.summary}>
        <span className={styles.label}>{admin.onlineNow}</span>
        <span className={styles.stack}>
          {people.slice(0, SHOWN).map((person) => (
            <Avatar id={person.id} image={avatarOf(person.id)} key={person.id} name={person.name} size="sm" />
          ))}
        </span>
        {!isCutOff && (
          <span className={styles.count}>{`${format.number(people.length)}${hasMore ? '+' : ''}`}</span>
        )}
      </summary>
      {people.length === 0 ? (
        <p className={styles.nobody}>{isCutOff ? admin.onlineUnknown : admin.nobodyOnline}</p>
      ) : (
        <ul className={styles.people}>
          {people.map((person) => (
            <Entry key={person.id} person={person} />
          ))}
        </ul>
      )}
      {hasMore && !isCutOff && <p className={styles.nobody}>{admin.onlineLoaded}</p>}
    </details>
  );
}

function Entry({ person }: { person: Person }) {
  const { role } = useLabels();
  const { avatarOf } = useAppearance();
  return (
    <li className={styles.person}>
      <Avatar id={person.id} image={avatarOf(person.id)} name={person.name} online size="sm" />
      <bdi className={styles.name} title={person.name}>
        {person.name}
      </bdi>
      <span className={styles.role}>{role[person.role]}</span>
    </li>
  );
}

function onlineIn(conversations: readonly Conversation[], me: Me | null): Person[] {
  const byId = new Map<string, Person>();
  for (const person of conversations.flatMap(peopleIn)) {
    if (person.isOnline && person.id !== me?.id) byId.set(person.id, person);
  }
  return [...byId.values()].sort((one, other) => one.name.localeCompare(other.name));
}
