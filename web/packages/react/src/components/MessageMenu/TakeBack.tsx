import { useState } from 'react';
import { type ThreadMessage, useLimits, useMe, useMessageActions } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button } from '../Button/Button.tsx';
import { Dialog, Field, fieldClass } from '../Dialog/Dialog.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { tellProblem } from '../Told/told.ts';
import { rightsOn } from './rights.ts';

/** Asks once more: what was taken back does not come again. An administrator says why. */
export function TakeBack({ message, onClose }: { message: ThreadMessage; onClose: () => void }) {
  const labels = useLateLabels();
  const { takeBack: words, common } = labels;
  const me = useMe();
  const limits = useLimits();
  const { takeBack } = useMessageActions(message.conversationId);
  const [reason, setReason] = useState('');
  const { isModerator } = rightsOn(message, { me, limits, mayWrite: true, now: Date.now() });
  const isReady = !isModerator || reason.trim() !== '';
  const submit = () => {
    if (!isReady) return;
    onClose();
    takeBack(message.id ?? '', isModerator ? reason.trim() : undefined).catch((error: unknown) =>
      tellProblem(labels.message.takeBackFailed(whyOf(error, labels))),
    );
  };
  return (
    <Dialog
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button disabled={!isReady} icon="trash" kind="danger" type="submit">
            {words.confirm}
          </Button>
        </>
      }
      hint={isModerator ? words.removeHint : words.hint}
      onClose={onClose}
      onSubmit={submit}
      title={isModerator ? words.removeTitle : words.title}
    >
      {isModerator && (
        <Field label={words.reason}>
          {(id) => (
            <input
              className={fieldClass}
              dir="auto"
              id={id}
              maxLength={500}
              onChange={(event) => setReason(event.target.value)}
              required
              value={reason}
            />
          )}
        </Field>
      )}
    </Dialog>
  );
}
