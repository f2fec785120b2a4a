import { useState } from 'react';
import type { Conversation } from '../../client/index.ts';
import { useConversationActions } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button } from '../Button/Button.tsx';
import { Dialog, Field, fieldClass } from '../Dialog/Dialog.tsx';
import { whyOf } from '../LoadProblem/why.ts';

/** An administrator closes a conversation, or opens it again; both sides read why. */
export function CloseDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const labels = useLateLabels();
  const { conversation: words, common } = labels;
  const { setClosed } = useConversationActions();
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const isClosing = conversation.closedAt == null;
  const isReady = !isBusy && (!isClosing || reason.trim() !== '');
  const submit = () => {
    if (!isReady) return;
    setBusy(true);
    setClosed(conversation.id, isClosing, reason.trim() || null).then(onClose, (error: unknown) => {
      setBusy(false);
      setProblem(whyOf(error, labels));
    });
  };
  return (
    <Dialog
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button disabled={!isReady} kind={isClosing ? 'danger' : 'primary'} type="submit">
            {isClosing ? words.closeConfirm : words.reopenConfirm}
          </Button>
        </>
      }
      hint={isClosing ? words.closeHint : words.reopenHint}
      onClose={onClose}
      onSubmit={submit}
      title={isClosing ? words.closeTitle : words.reopenTitle}
    >
      <Field label={words.reason} problem={problem}>
        {(id) => (
          <input
            className={fieldClass}
            dir="auto"
            id={id}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
            required={isClosing}
            value={reason}
          />
        )}
      </Field>
    </Dialog>
  );
}
