import { type FormEvent, useId, useState } from 'react';
import { plainText } from '../../client/index.ts';
import { type Draft, type ThreadMessage, useLimits, useSendMessage } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Button, IconButton } from '../Button/Button.tsx';
import { isSendKey } from '../Composer/enter-sends.ts';
import { textLimitOf } from '../Composer/text-limit.ts';
import { useField } from '../Composer/use-field.ts';
import styles from './EditUnsent.module.css';

interface EditUnsentProps {
  message: ThreadMessage;
  /** What is written here; like any draft it stays over a reload. */
  draft: Draft;
  onClose: () => void;
}

/** A message that was not sent, to be changed in its place: its words, and which of its files go along. */
export function EditUnsent({ message, draft, onClose }: EditUnsentProps) {
  const { thread, composer, common } = useLabels();
  const { messageCharacters } = useLimits();
  const { edit } = useSendMessage(message.conversationId);
  const [files, setFiles] = useState(message.files);
  const hintId = useId();
  const field = useField(draft.text, true);
  const { over } = textLimitOf(draft.text, messageCharacters);
  const isEmpty = plainText(draft.text) === '' && files.length === 0;
  const close = () => {
    draft.clear();
    onClose();
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    if (isEmpty || over > 0) return;
    edit(message.key, { text: plainText(draft.text), files });
    close();
  };
  return (
    <form className={styles.edit} onSubmit={submit}>
      <textarea
        aria-describedby={over > 0 ? hintId : undefined}
        aria-invalid={over > 0 || undefined}
        aria-label={thread.editLabel}
        className={styles.field}
        dir="auto"
        onChange={(event) => draft.setText(event.target.value)}
        onKeyDown={(event) => {
          if (!isSendKey(event)) return;
          event.preventDefault();
          submit();
        }}
        ref={field}
        rows={1}
        value={draft.text}
      />
      {over > 0 && (
        <p className={styles.over} id={hintId}>
          {composer.tooLong(over)}
        </p>
      )}
      {files.map((file) => (
        <span className={styles.file} key={file.id}>
          <bdi className={styles.name}>{file.name}</bdi>
          <IconButton
            icon="close"
            label={composer.remove(file.name)}
            onClick={() => setFiles(files.filter((other) => other !== file))}
          />
        </span>
      ))}
      <span className={styles.actions}>
        <Button onClick={close} small>
          {common.cancel}
        </Button>
        <Button disabled={isEmpty || over > 0} kind="primary" small type="submit">
          {thread.sendAgain}
        </Button>
      </span>
    </form>
  );
}
