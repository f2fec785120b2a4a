import { useState } from 'react';
import type { ReportReason } from '../../client/everyday-api.ts';
import { useConversationActions } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button } from '../Button/Button.tsx';
import { Dialog, Field, fieldClass } from '../Dialog/Dialog.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { tell } from '../Told/told.ts';

interface ReportDialogProps {
  conversationId: string;
  messageId?: string;
  onClose: () => void;
}

const REASONS: ReportReason[] = ['spam', 'fraud', 'abuse', 'off_platform', 'prohibited', 'other'];

/** Tells the administrators what is wrong; the other side does not hear of it. */
export function ReportDialog({ conversationId, messageId, onClose }: ReportDialogProps) {
  const labels = useLateLabels();
  const { report: words, common } = labels;
  const { report } = useConversationActions();
  const [reason, setReason] = useState<ReportReason>('spam');
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    setBusy(true);
    report(conversationId, { messageId, reason, text: text.trim() || undefined }).then(
      () => {
        onClose();
        tell(words.sent);
      },
      (error: unknown) => {
        setBusy(false);
        setProblem(whyOf(error, labels));
      },
    );
  };
  return (
    <Dialog
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button disabled={isBusy} kind="primary" type="submit">
            {words.confirm}
          </Button>
        </>
      }
      hint={words.hint}
      onClose={onClose}
      onSubmit={submit}
      title={messageId ? words.messageTitle : words.title}
    >
      <Field label={words.reason}>
        {(id) => (
          <select
            className={fieldClass}
            id={id}
            onChange={(event) => setReason(event.target.value as ReportReason)}
            value={reason}
          >
            {REASONS.map((each) => (
              <option key={each} value={each}>
                {words.reasons[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={words.text} problem={problem}>
        {(id) => (
          <textarea
            className={fieldClass}
            dir="auto"
            id={id}
            maxLength={2000}
            onChange={(event) => setText(event.target.value)}
            value={text}
          />
        )}
      </Field>
    </Dialog>
  );
}
