import { useState } from 'react';
import type { QuotationRequest } from '../../client/index.ts';
import { useConversation, useRequest } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button } from '../Button/Button.tsx';
import { Dialog, Field, fieldClass, problemClass } from '../Dialog/Dialog.tsx';
import { whyOf } from '../LoadProblem/why.ts';

interface CloseRequestProps {
  request: QuotationRequest;
  onClose: () => void;
}

/** Ends a request: whoever is left gets a word. */
export function CloseRequest({ request, onClose }: CloseRequestProps) {
  const labels = useLateLabels();
  const { requests: words, common, offer } = labels;
  const { close } = useRequest(request.id);
  const accepted = request.answers.find((answer) => answer.state === 'accepted') ?? null;
  const { conversation } = useConversation(accepted?.conversationId ?? null);
  const [message, setMessage] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    const said = message.trim();
    close({
      ...(accepted?.offer && { acceptedOfferId: accepted.offer.id }),
      ...(said !== '' && { message: said }),
    }).then(onClose, (error: unknown) => {
      setBusy(false);
      setProblem(whyOf(error, labels));
    });
  };
  const name = conversation?.participants.supplier?.name;
  return (
    <Dialog
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button disabled={isBusy} icon="lock" kind="danger" type="submit">
            {words.close.replace(/…$/, '')}
          </Button>
        </>
      }
      hint={words.closeHint}
      onClose={onClose}
      onSubmit={submit}
      title={words.closeTitle}
    >
      {name !== undefined && <p>{words.closeAccepted(name)}</p>}
      <Field label={`${words.message} (${offer.optional})`}>
        {(id) => (
          <textarea
            className={fieldClass}
            dir="auto"
            id={id}
            maxLength={2000}
            onChange={(event) => setMessage(event.target.value)}
            value={message}
          />
        )}
      </Field>
      {problem !== null && (
        <p className={problemClass} role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
