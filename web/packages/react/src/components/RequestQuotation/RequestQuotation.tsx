import { type FormEvent, forwardRef, useEffect, useId, useMemo, useRef, useState } from 'react';
import { HaggleError, type QuotationRequest } from '../../client/index.ts';
import { useLimits, useSendRequest } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { rootClasses } from '../../theme/index.ts';
import { Button } from '../Button/Button.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { problemsIn, termsOf } from '../Offer/form-terms.ts';
import { TermsFields } from '../Offer/TermsFields.tsx';
import { useFormDraft } from '../Offer/use-form-draft.ts';
import { both, classes, type RootProps } from '../root-props.ts';
import { tell } from '../Told/told.ts';
import styles from './RequestQuotation.module.css';

/** Somebody who can be asked: a supplier, or the supplier's user. */
export interface AskedSupplier {
  id: string;
  name: string;
}

export interface RequestQuotationProps extends RootProps {
  /** From whom the buyer chooses. */
  suppliers: readonly AskedSupplier[];
  /** What it is about, to begin with. */
  product?: { id: string; name: string } | undefined;
  onSent?: ((request: QuotationRequest) => void) | undefined;
}

const MOST_SUPPLIERS = 20;

/** A buyer's request for quotation to several suppliers. What is typed is kept until it is sent. */
export const RequestQuotation = forwardRef<HTMLFormElement, RequestQuotationProps>(function RequestQuotation(
  { suppliers, product, onSent, className },
  ref,
) {
  const labels = useLateLabels();
  const { requests: words, offer } = labels;
  const { offers: isOn } = useLimits();
  const draft = useFormDraft(`request ${product?.id ?? ''}`, 'request', product ?? null);
  const send = useSendRequest();
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [asked, setAsked] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const formRef = useMemo(() => both(form, ref), [ref]);
  const id = useId();
  useEffect(() => {
    if (asked > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [asked]);
  if (!isOn) return null;
  const chosen = draft.supplierIds.filter((each) => suppliers.some((supplier) => supplier.id === each));
  const choose = (supplierId: string, isChosen: boolean) =>
    !isBusy &&
    draft.set({
      supplierIds: isChosen ? [...chosen, supplierId] : chosen.filter((each) => each !== supplierId),
    });
  const refuse = (wrong: Record<string, string>) => {
    setProblems(wrong);
    setTrouble(offer.fix(Object.keys(wrong).length));
    setAsked((count) => count + 1);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const wrong = problemsIn(draft.form, 'request', new Date(), offer.problems);
    if (chosen.length === 0) wrong['supplierIds'] = words.noSupplier;
    if (chosen.length > MOST_SUPPLIERS) wrong['supplierIds'] = words.tooMany(MOST_SUPPLIERS);
    if (Object.keys(wrong).length > 0) {
      refuse(wrong);
      return;
    }
    setProblems({});
    setTrouble(null);
    setBusy(true);
    draft.setTried();
    try {
      const request = await send({
        supplierIds: chosen,
        terms: termsOf(draft.form, 'request'),
        note: draft.form.note.trim() || undefined,
        clientMessageId: draft.clientMessageId,
      });
      draft.clear();
      tell(words.sent(request.answers.length));
      onSent?.(request);
    } catch (error) {
      const fields = error instanceof HaggleError ? error.fields : {};
      if (Object.keys(fields).length > 0) refuse({ ...fields });
      else setTrouble(offer.failed(whyOf(error, labels)));
    } finally {
      setBusy(false);
    }
  };
  const problem = problems['supplierIds'];
  return (
    <form
      aria-label={words.title}
      className={classes(rootClasses.root, styles.form, className)}
      dir={labels.direction}
      noValidate
      onSubmit={submit}
      ref={formRef}
    >
      {draft.swap !== null && (
        <p role="status">
          <span>{offer.otherWindow}</span>{' '}
          <Button onClick={draft.swap} small>
            {offer.useOther}
          </Button>
        </p>
      )}
      <fieldset aria-describedby={`${id}-hint`} className={styles.suppliers}>
        <legend className={styles.legend}>{words.suppliers}</legend>
        <p className={styles.hint} id={`${id}-hint`}>
          {problem ?? words.suppliersHint(MOST_SUPPLIERS)}
        </p>
        <div className={styles.choices} data-wrong={problem !== undefined || undefined}>
          {suppliers.map((supplier, at) => (
            <label className={styles.choice} key={supplier.id}>
              <input
                aria-invalid={(problem !== undefined && at === 0) || undefined}
                checked={chosen.includes(supplier.id)}
                onChange={(event) => choose(supplier.id, event.target.checked)}
                type="checkbox"
              />
              <bdi>{supplier.name}</bdi>
            </label>
          ))}
        </div>
      </fieldset>
      <TermsFields
        form={draft.form}
        // What is on its way is not changed under it.
        onChange={(next) => !isBusy && draft.set({ form: next })}
        problems={problems}
        purpose="request"
      />
      {trouble !== null && (
        <p className={styles.trouble} key={asked} role="alert">
          {trouble}
        </p>
      )}
      <div className={styles.foot}>
        <Button disabled={isBusy} icon="offer" kind="primary" type="submit">
          {words.send(chosen.length)}
        </Button>
      </div>
    </form>
  );
});
