import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type RefObject,
  useId,
  useRef,
} from 'react';
import { limits } from '../../client/index.ts';
import type { Draft, NewMessage, UploadResult } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { AttachmentTray, megabytes } from './AttachmentTray.tsx';
import styles from './Composer.module.css';
import { ComposerHints } from './ComposerHints.tsx';
import { FilePicker } from './FilePicker.tsx';
import { textLimitOf } from './text-limit.ts';
import { useCountdown } from './use-countdown.ts';
import { useDrop } from './use-drop.ts';
import { useField } from './use-field.ts';

export interface ComposerFormProps {
  /** Whom it goes to. */
  name: string;
  draft: Draft;
  upload: UploadResult;
  /** Milliseconds since 1970; until then nothing can be sent. */
  blockedUntil?: number | null;
  isBusy?: boolean;
  autoFocus?: boolean;
  dropTarget?: RefObject<HTMLElement | null>;
  onType?: () => void;
  onStop?: () => void;
  onSend: (message: NewMessage) => unknown;
}

export function ComposerForm(props: ComposerFormProps) {
  const { name, draft, upload, blockedUntil = null, isBusy = false, autoFocus = false, onSend } = props;
  const { composer } = useLabels();
  const hintsId = useId();
  const form = useRef<HTMLFormElement>(null);
  const field = useField(draft.text, autoFocus);
  const isOver = useDrop(props.dropTarget ?? form, upload.add);
  const seconds = useCountdown(blockedUntil);
  const limit = textLimitOf(draft.text);
  const isEmpty = draft.text.trim() === '' && upload.files.length === 0;
  const canSend = !isEmpty && !isBusy && !upload.isUploading && limit.over === 0 && seconds === 0;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    field.current?.focus();
    if (!canSend) return;
    onSend({ text: draft.text.trim(), files: upload.files });
    draft.clear();
    upload.clear();
    props.onStop?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // 229 is what Safari reports for the Enter that ends a composition.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || isComposing) return;
    event.preventDefault();
    submit();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    upload.add(event.clipboardData.files);
  };
  return (
    <form
      className={styles.composer}
      data-standalone={props.dropTarget ? undefined : true}
      onSubmit={submit}
      ref={form}
    >
      <AttachmentTray upload={upload} />
      <div className={styles.box}>
        <FilePicker onFiles={upload.add} />
        <textarea
          aria-describedby={limit.over > 0 || limit.left !== null || seconds > 0 ? hintsId : undefined}
          aria-invalid={limit.over > 0 || undefined}
          aria-label={composer.label(name)}
          className={styles.field}
          dir="auto"
          enterKeyHint="send"
          onChange={(event) => {
            draft.setText(event.target.value);
            if (event.target.value.trim() === '') props.onStop?.();
            else props.onType?.();
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          placeholder={composer.placeholder}
          ref={field}
          rows={1}
          value={draft.text}
        />
        <IconButton
          directional
          disabled={!canSend}
          icon="send"
          kind="primary"
          label={composer.send}
          type="submit"
        />
      </div>
      <ComposerHints id={hintsId} limit={limit} seconds={seconds} />
      {isOver && <DropPlace isSmall={!props.dropTarget} />}
    </form>
  );
}

/** Lies over everything onto which files may be dropped, while some are held there. */
function DropPlace({ isSmall }: { isSmall: boolean }) {
  const { composer } = useLabels();
  if (isSmall) return <div className={styles.drop}>{composer.drop}</div>;
  return (
    <div className={styles.drop}>
      <Notice
        hint={composer.files(limits.attachmentsPerMessage, megabytes())}
        icon="attach"
        title={composer.drop}
      />
    </div>
  );
}
