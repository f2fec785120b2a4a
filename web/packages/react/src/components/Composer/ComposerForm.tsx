import {
  type ClipboardEvent,
  type FormEvent,
  type ForwardedRef,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { plainText } from '../../client/index.ts';
import { type Draft, type NewMessage, type UploadResult, useLimits } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Button, IconButton } from '../Button/Button.tsx';
import { Late, latePart } from '../Late/Late.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { both, classes, type RootProps } from '../root-props.ts';
import type { Filled } from '../SavedReplies/fill.ts';
import type { ReplyPickerProps } from '../SavedReplies/ReplyPicker.tsx';
import { useBrowser } from '../use-browser.ts';
import { AttachmentTray } from './AttachmentTray.tsx';
import { blockerOf } from './blocker.ts';
import styles from './Composer.module.css';
import { ComposerHints } from './ComposerHints.tsx';
import { type ChosenFiles, chosenFrom, pastedFrom } from './chosen-files.ts';
import { breaksLines, isSendKey } from './enter-sends.ts';
import { FilePicker } from './FilePicker.tsx';
import { textLimitOf } from './text-limit.ts';
import { useAllowedFiles } from './use-allowed-files.ts';
import { useCountdown } from './use-countdown.ts';
import { useDrop } from './use-drop.ts';
import { useField } from './use-field.ts';

const pickerPart = latePart<ReplyPickerProps>(() => import('../SavedReplies/ReplyPicker.tsx'));

const repliesPart = latePart(() => import('../SavedReplies/RepliesDialog.tsx'));

export interface ComposerFormProps extends RootProps {
  formRef?: ForwardedRef<HTMLFormElement>;
  /** Whom it goes to. */
  name: string;
  draft: Draft;
  upload: UploadResult;
  /** Milliseconds since 1970; until then nothing can be sent. */
  blockedUntil?: number | null;
  isBusy?: boolean;
  autoFocus?: boolean;
  dropTarget?: RefObject<HTMLElement | null>;
  /** What is written: a message of its own, the answer to one, or the correction of one. */
  what?: string;
  /** What saved replies are filled with; without it there are none. */
  known?: Partial<Filled> | undefined;
  /** Beside the button for files. */
  extra?: ReactNode;
  /** Above the field: what it is about. */
  top?: ReactNode;
  /** Ends what `what` says; Escape does it too. */
  onCancel?: (() => void) | undefined;
  onType?: () => void;
  onStop?: () => void;
  /** What is written stays in the field until a promise has resolved, and for good if that says false. */
  onSend: (message: NewMessage) => unknown | Promise<boolean>;
}

export function ComposerForm(props: ComposerFormProps) {
  const { name, draft, upload, blockedUntil = null, isBusy = false, autoFocus = false, onSend } = props;
  const { composer } = useLabels();
  const { messageCharacters } = useLimits();
  const hintsId = useId();
  const form = useRef<HTMLFormElement>(null);
  const { what = 'new', top, onCancel } = props;
  const isCorrection = what === 'correct';
  const given = props.formRef ?? null;
  const formRef = useMemo(() => both(form, given), [given]);
  const field = useField(draft.text, autoFocus || isCorrection);
  const whatBefore = useRef(what);
  // Whoever chose to answer a message goes on by writing.
  useEffect(() => {
    if (whatBefore.current !== what && what !== 'new') field.current?.focus();
    whatBefore.current = what;
  }, [what, field]);
  const { add, refuseFolders } = upload;
  const choose = useCallback(
    ({ files, folders }: ChosenFiles) => {
      add(files);
      refuseFolders(folders);
    },
    [add, refuseFolders],
  );
  const enterKey = useBrowser(() => (breaksLines() ? 'enter' : 'send'), 'send');
  const isOver = useDrop(props.dropTarget ?? form, choose);
  const seconds = useCountdown(blockedUntil);
  const [asked, setAsked] = useState(0);
  const limit = textLimitOf(draft.text, messageCharacters);
  const { uploads, leftOut, files } = upload;
  const blocker = blockerOf({ text: draft.text, limit, uploads, leftOut, seconds, isBusy });
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    field.current?.focus();
    if (blocker !== null || upload.expire()) {
      setAsked(asked + 1);
      return;
    }
    setAsked(0);
    const finish = () => {
      draft.clear();
      for (const { key } of uploads) upload.remove(key);
      props.onStop?.();
    };
    const sent = onSend({ text: plainText(draft.text), files });
    if (sent instanceof Promise) void sent.then((isSent) => isSent && finish());
    else finish();
  };
  const pickerId = useId();
  const pickerKeys = useRef<((event: KeyboardEvent) => boolean) | null>(null);
  const [isManaging, setManaging] = useState(false);
  const [activeReply, setActiveReply] = useState<string | null>(null);
  const [leftAlone, setLeftAlone] = useState<string | null>(null);
  const slash = /^\/(?!\/)([^\n]{0,60})$/.exec(draft.text);
  // Whoever has closed it wants to write a slash.
  const isPicking = !isManaging && props.known !== undefined && slash !== null && leftAlone === null;
  useEffect(() => {
    if (draft.text === '') setLeftAlone(null);
  }, [draft.text]);
  const closePicker = () => {
    setLeftAlone(draft.text);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (isPicking && pickerKeys.current?.(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === 'Escape' && onCancel && !event.nativeEvent.isComposing) {
      event.preventDefault();
      onCancel();
      return;
    }
    if (!isSendKey(event)) return;
    event.preventDefault();
    submit();
  };
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const { hasFiles, hasText, ownText } = pastedFrom(event.clipboardData);
    if (!hasText) event.preventDefault();
    if (hasFiles && !isCorrection) choose(chosenFrom(event.clipboardData));
    if (ownText === '') return;
    // As if it were typed: it can be undone, and React sees it.
    if (document.execCommand?.('insertText', false, ownText)) return;
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    draft.setText(value.slice(0, selectionStart) + ownText + value.slice(selectionEnd));
  };
  const isTold = blocker !== null && blocker.kind !== 'empty' && blocker.kind !== 'busy';
  const endManaging = () => {
    setManaging(false);
    closePicker();
  };
  return (
    <>
      <form
        className={classes(styles.composer, props.className)}
        data-haggle-clear
        data-standalone={props.dropTarget ? undefined : true}
        onSubmit={submit}
        ref={formRef}
      >
        {isPicking && (
          <Late
            onFail={closePicker}
            part={pickerPart}
            props={{
              id: pickerId,
              words: slash[1] ?? '',
              known: props.known ?? {},
              keys: pickerKeys,
              onActive: setActiveReply,
              onPick: (text: string) => {
                draft.setText(text);
                field.current?.focus();
              },
              onManage: () => setManaging(true),
              onClose: closePicker,
            }}
          />
        )}
        {top}
        <AttachmentTray upload={upload} />
        <div className={styles.box}>
          {!isCorrection && <FilePicker onFiles={add} />}
          {!isCorrection && props.extra}
          <textarea
            aria-describedby={isTold || limit.left !== null || !draft.isKept ? hintsId : undefined}
            aria-invalid={limit.over > 0 || undefined}
            aria-activedescendant={(isPicking && activeReply) || undefined}
            aria-controls={isPicking ? pickerId : undefined}
            aria-label={isCorrection ? composer.correcting : composer.label(name)}
            className={styles.field}
            dir="auto"
            enterKeyHint={enterKey}
            onChange={(event) => {
              draft.setText(event.target.value);
              if (event.target.value.trim() === '') props.onStop?.();
              else props.onType?.();
            }}
            onKeyDown={onKeyDown}
            onPaste={onPaste}
            placeholder={composer.placeholder}
            readOnly={isBusy}
            ref={field}
            rows={1}
            value={draft.text}
          />
          <IconButton
            directional={!isCorrection}
            disabled={blocker !== null}
            icon={isCorrection ? 'check' : 'send'}
            kind="primary"
            label={isCorrection ? composer.save : composer.send}
            type="submit"
          />
        </div>
        <ComposerHints
          asked={asked}
          blocker={blocker}
          id={hintsId}
          isUnkept={!draft.isKept && draft.text !== ''}
          left={limit.left}
        >
          {blocker?.kind === 'refused' && blocker.count > 1 && (
            <Button onClick={upload.removeRefused} small>
              {composer.removeRefused}
            </Button>
          )}
        </ComposerHints>
        {isOver && <DropPlace isSmall={!props.dropTarget} />}
      </form>
      {isManaging && <Late onFail={endManaging} part={repliesPart} props={{ onClose: endManaging }} />}
    </>
  );
}

/** Lies over everything onto which files may be dropped, while some are held there. */
function DropPlace({ isSmall }: { isSmall: boolean }) {
  const { composer } = useLabels();
  const { words } = useAllowedFiles();
  if (isSmall) return <div className={styles.drop}>{composer.drop}</div>;
  return (
    <div className={styles.drop}>
      <Notice hint={words} icon="attach" title={composer.drop} />
    </div>
  );
}
