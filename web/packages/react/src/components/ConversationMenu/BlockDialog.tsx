import { useState } from 'react';
import type { Conversation } from '../../client/index.ts';
import { useConversationActions, useMe } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button } from '../Button/Button.tsx';
import { Dialog, problemClass } from '../Dialog/Dialog.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { titleOf } from '../people.ts';

/** Asks before the other side is shut out, and says what that means. */
export function BlockDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const labels = useLateLabels();
  const { conversation: words, common } = labels;
  const me = useMe();
  const { setBlocked } = useConversationActions();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    setBusy(true);
    setBlocked(conversation.id, true).then(onClose, (error: unknown) => {
      setBusy(false);
      setProblem(whyOf(error, labels));
    });
  };
  return (
    <Dialog
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button disabled={isBusy} icon="block" kind="danger" type="submit">
            {words.blockConfirm}
          </Button>
        </>
      }
      hint={words.blockHint}
      onClose={onClose}
      onSubmit={submit}
      title={words.blockTitle(titleOf(conversation, me, labels))}
    >
      {problem && (
        <p className={problemClass} role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
