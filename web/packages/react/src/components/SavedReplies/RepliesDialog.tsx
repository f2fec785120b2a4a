import { useState } from 'react';
import type { SavedReply } from '../../client/everyday-api.ts';
import { HaggleError, reasonOf } from '../../client/index.ts';
import { useMe, useReplies } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button, IconButton } from '../Button/Button.tsx';
import { Dialog, Field, fieldClass, problemClass } from '../Dialog/Dialog.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import styles from './SavedReplies.module.css';

type Written = Omit<SavedReply, 'id'> & { id: string | null };

const NAME = 80;
const TEXT = 4000;
const MOST = 200;

/** What is saved: to look through, to write anew and to remove. */
export default function RepliesDialog({ onClose }: { onClose: () => void }) {
  const labels = useLateLabels();
  const { replies: words } = labels;
  const { replies, status, error, refetch, remove } = useReplies();
  const [written, setWritten] = useState<Written | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  if (written) return <Edit onClose={() => setWritten(null)} written={written} />;
  return (
    <Dialog
      actions={
        <Button
          disabled={replies.length >= MOST}
          kind="primary"
          onClick={() => setWritten({ id: null, name: '', text: '', isShared: false })}
        >
          {words.add}
        </Button>
      }
      hint={words.hint}
      isWide
      onClose={onClose}
      title={words.title}
    >
      {problem && (
        <p className={problemClass} role="alert">
          {problem}
        </p>
      )}
      {status === 'pending' && <Skeleton count={3} shape="rows" />}
      {status === 'error' && <LoadProblem error={error} onRetry={refetch} />}
      {status === 'success' && replies.length === 0 && <p>{words.empty}</p>}
      <ul className={styles.all}>
        {replies.map((reply) => (
          <li className={styles.one} key={reply.id}>
            <span className={styles.about}>
              <bdi className={styles.name}>{reply.name}</bdi>
              {reply.isShared && <span className={styles.shared}>{words.shared}</span>}
              <bdi className={styles.text}>{reply.text}</bdi>
            </span>
            <IconButton icon="pencil" label={words.edit(reply.name)} onClick={() => setWritten(reply)} />
            <IconButton
              icon="trash"
              label={words.remove(reply.name)}
              onClick={() => remove(reply.id).catch((why: unknown) => setProblem(whyOf(why, labels)))}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Edit({ written, onClose }: { written: Written; onClose: () => void }) {
  const labels = useLateLabels();
  const { replies: words, common, composer } = labels;
  const me = useMe();
  const { save } = useReplies();
  const [reply, setReply] = useState(written);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isReady = reply.name.trim() !== '' && reply.text.trim() !== '' && !isBusy;
  const submit = () => {
    if (!isReady) return;
    setBusy(true);
    save({ ...reply, name: reply.name.trim() }).then(onClose, (error: unknown) => {
      setBusy(false);
      if (error instanceof HaggleError && error.status === 409) setProblem(words.taken);
      else if (error instanceof HaggleError && error.status === 400) setProblem(reasonOf(error));
      else setProblem(whyOf(error, labels));
    });
  };
  return (
    <Dialog
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button disabled={!isReady} kind="primary" type="submit">
            {composer.save}
          </Button>
        </>
      }
      hint={words.placeholders}
      onClose={onClose}
      onSubmit={submit}
      title={written.id === null ? words.add : words.edit(written.name)}
    >
      <Field label={words.name} problem={problem}>
        {(id) => (
          <input
            className={fieldClass}
            dir="auto"
            id={id}
            maxLength={NAME}
            onChange={(event) => setReply({ ...reply, name: event.target.value })}
            value={reply.name}
          />
        )}
      </Field>
      <Field label={words.text}>
        {(id) => (
          <textarea
            className={fieldClass}
            dir="auto"
            id={id}
            maxLength={TEXT}
            onChange={(event) => setReply({ ...reply, text: event.target.value })}
            rows={6}
            value={reply.text}
          />
        )}
      </Field>
      {me?.role === 'supplier' && (
        <label className={styles.check}>
          <input
            checked={reply.isShared}
            onChange={(event) => setReply({ ...reply, isShared: event.target.checked })}
            type="checkbox"
          />
          <span>{words.share}</span>
        </label>
      )}
    </Dialog>
  );
}
