import { Fragment } from 'react';
import type { Conversation, Me } from '../../client/index.ts';
import { useLabels } from '../../labels/index.ts';
import { namedIn, titleOf } from '../people.ts';
import styles from './Names.module.css';

interface NamesProps {
  conversation: Conversation;
  me: Me | null;
}

/** Whom a conversation is with, on one line; each name keeps its own direction. */
export function Names({ conversation, me }: NamesProps) {
  const labels = useLabels();
  const [only, ...more] = namedIn(conversation, me);
  if (!only) return <span className={styles.one}>{labels.type.support}</span>;
  if (more.length === 0)
    return (
      <bdi className={styles.one} title={only.name}>
        {only.name}
      </bdi>
    );
  return (
    <span className={styles.more} title={titleOf(conversation, me, labels)}>
      <bdi className={styles.one}>{only.name}</bdi>
      {more.map((person) => (
        <Fragment key={person.id}>
          <span className={styles.dot}>{' · '}</span>
          <bdi className={styles.one}>{person.name}</bdi>
        </Fragment>
      ))}
    </span>
  );
}
