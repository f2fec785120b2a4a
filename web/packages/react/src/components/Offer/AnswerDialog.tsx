import { useState } from 'react';
import { HaggleError, type Offer } from '../../client/index.ts';
import { type OfferAnswer, useOfferActions } from '../../hooks/index.ts';
import { type Labels, useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button } from '../Button/Button.tsx';
import { Dialog, Field, fieldClass, problemClass } from '../Dialog/Dialog.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { tellProblem } from '../Told/told.ts';
import styles from './Offer.module.css';
import { moneyOf, TermsView } from './TermsView.tsx';

interface AnswerDialogProps {
  offer: Offer;
  answer: OfferAnswer;
  /** Who made the offer. */
  name: string;
  onClose: () => void;
}

/** Asks once more: whoever accepts reads again what they accept. */
export function AnswerDialog({ offer, answer, name, onClose }: AnswerDialogProps) {
  const labels = useLateLabels();
  const { offer: words, common } = labels;
  const format = useFormat();
  const { answer: send } = useOfferActions(offer.conversationId);
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { title, hint, confirm } = wordsFor(answer, words, name);
  const submit = () => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    send(offer, answer, note.trim() || undefined).then(onClose, (error: unknown) => {
      setBusy(false);
      const changed = whatChanged(error, words);
      // The card shows it as it is by now; what was asked here is about another one.
      if (changed === null) setProblem(whyOf(error, labels));
      else {
        tellProblem(changed);
        onClose();
      }
    });
  };
  return (
    <Dialog
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button disabled={isBusy} kind={answer === 'accept' ? 'primary' : 'danger'} type="submit">
            {confirm}
          </Button>
        </>
      }
      hint={hint}
      onClose={onClose}
      onSubmit={submit}
      title={title}
    >
      {answer === 'accept' ? (
        <div className={styles.repeated}>
          <TermsView terms={offer.terms} total={offer.totals.net} />
        </div>
      ) : (
        <p className={styles.total}>
          <span>{words.total}</span>
          <bdi className={styles.sum}>{moneyOf(offer.totals.net, offer.totals.currency, format)}</bdi>
        </p>
      )}
      {answer === 'decline' && (
        <Field label={`${words.note} (${words.optional})`}>
          {(id) => (
            <textarea
              className={fieldClass}
              dir="auto"
              id={id}
              maxLength={2000}
              onChange={(event) => setNote(event.target.value)}
              value={note}
            />
          )}
        </Field>
      )}
      {problem !== null && (
        <p className={problemClass} role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

function wordsFor(answer: OfferAnswer, words: Labels['offer'], name: string) {
  switch (answer) {
    case 'accept':
      return { title: words.acceptTitle, hint: words.acceptHint, confirm: words.accept };
    case 'decline':
      return { title: words.declineTitle, hint: words.declineHint(name), confirm: plain(words.decline) };
    case 'withdraw':
      return { title: words.withdrawTitle, hint: words.withdrawHint, confirm: plain(words.withdraw) };
  }
}

/** What opens a dialog ends in an ellipsis, and what it does not. */
const plain = (word: string) => word.replace(/…$/, '');

function whatChanged(error: unknown, words: Labels['offer']): string | null {
  if (!(error instanceof HaggleError) || error.offer === null) return null;
  return error.code === 'offer_changed' ? words.changedMeanwhile : words.notOpen;
}
