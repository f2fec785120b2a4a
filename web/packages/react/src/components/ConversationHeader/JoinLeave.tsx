import { useState } from 'react';
import { type Conversation, HaggleError } from '../../client/index.ts';
import { useConnection, useJoinLeave, useMe } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import { wordsOf } from '../LoadProblem/words.ts';
import { isReadingAlong } from '../people.ts';
import styles from './ConversationHeader.module.css';

/** An administrator's way in and out of a conversation; the other parties see both. */
export function JoinLeave({ conversation }: { conversation: Conversation }) {
  const labels = useLabels();
  const { header } = labels;
  const format = useFormat();
  const { status } = useConnection();
  const me = useMe();
  const { join, leave, isPending } = useJoinLeave(conversation.id);
  const [problem, setProblem] = useState<string | null>(null);
  const isOutside = isReadingAlong(conversation, me);
  const wordsFor = (error: unknown) => {
    const { title, hint } = wordsOf(
      error instanceof HaggleError ? error : null,
      status === 'offline',
      labels,
      format,
    );
    return `${title}. ${hint}`;
  };
  const act = () => {
    setProblem(null);
    (isOutside ? join() : leave()).catch((error: unknown) => {
      const isTaken = error instanceof HaggleError && error.status === 409;
      setProblem(isTaken ? header.placeTaken : wordsFor(error));
    });
  };
  return (
    <>
      {problem && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
      <Button
        disabled={isPending}
        icon={isOutside ? 'join' : 'leave'}
        kind={isOutside ? 'primary' : 'quiet'}
        onClick={act}
        small
      >
        {isOutside ? header.join : header.leave}
      </Button>
    </>
  );
}
