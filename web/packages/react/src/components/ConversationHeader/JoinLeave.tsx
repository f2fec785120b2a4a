import { useState } from 'react';
import { type Conversation, HaggleError } from '../../client/index.ts';
import { useJoinLeave, useMe } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import { isReadingAlong } from '../people.ts';
import styles from './ConversationHeader.module.css';

/** An administrator's way in and out of a conversation; the other parties see both. */
export function JoinLeave({ conversation }: { conversation: Conversation }) {
  const { header, common } = useLabels();
  const me = useMe();
  const { join, leave, isPending } = useJoinLeave(conversation.id);
  const [problem, setProblem] = useState<string | null>(null);
  const isOutside = isReadingAlong(conversation, me);
  const act = () => {
    setProblem(null);
    (isOutside ? join() : leave()).catch((error: unknown) => {
      setProblem(error instanceof HaggleError && error.status === 409 ? header.placeTaken : common.failed);
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
