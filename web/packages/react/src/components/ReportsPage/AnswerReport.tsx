import { useState } from 'react';
import type { FiledReport } from '../../client/index.ts';
import type { ReportsResult } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button } from '../Button/Button.tsx';
import { Dialog, Field, fieldClass } from '../Dialog/Dialog.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { tell } from '../Told/told.ts';

interface AnswerReportProps {
  report: FiledReport;
  judge: ReportsResult['judge'];
  onClose: () => void;
}

/** What an administrator says to a report. */
export function AnswerReport({ report, judge, onClose }: AnswerReportProps) {
  const labels = useLateLabels();
  const { reports: words, common, offer } = labels;
  const [answer, setAnswer] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = () => {
    if (isBusy) return;
    if (answer.trim() === '') {
      setProblem(offer.problems.required);
      return;
    }
    setBusy(true);
    setProblem(null);
    judge(report.id, { state: 'answered', answer: answer.trim() }).then(
      () => {
        onClose();
        tell(words.done.answered);
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
            {words.answer.replace(/…$/, '')}
          </Button>
        </>
      }
      hint={words.answerHint}
      onClose={onClose}
      onSubmit={submit}
      title={words.answerTitle}
    >
      <Field label={words.answerText} problem={problem}>
        {(id) => (
          <textarea
            className={fieldClass}
            dir="auto"
            id={id}
            maxLength={2000}
            onChange={(event) => setAnswer(event.target.value)}
            value={answer}
          />
        )}
      </Field>
    </Dialog>
  );
}
