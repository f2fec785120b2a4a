import { forwardRef, useEffect, useId, useMemo, useRef } from 'react';
import type { QuotationRequest } from '../../client/index.ts';
import { useLimits, useSendRequest } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { rootClasses } from '../../theme/index.ts';
import { Button } from '../Button/Button.tsx';
import { FormHints, FormTrouble } from '../Offer/FormNotes.tsx';
import { problemsIn, termsOf } from '../Offer/form-terms.ts';
import { hasField, TermsFields } from '../Offer/TermsFields.tsx';
import { useFormDraft } from '../Offer/use-form-draft.ts';
import { type Problems, useFormSubmit } from '../Offer/use-form-submit.ts';
import { both, classes, type RootProps } from '../root-props.ts';
import { ToldPlace } from '../Told/ToldPlace.tsx';
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
  const form = useRef<HTMLFormElement>(null);
  const formRef = useMemo(() => both(form, ref), [ref]);
  const id = useId();
  const chosen = draft.supplierIds.filter((each) => suppliers.some((supplier) => supplier.id === each));
  const sending = useFormSubmit(draft, {
    check: () => {
      const wrong = problemsIn(draft.form, 'request', new Date(), offer.problems);
      if (chosen.length === 0) wrong['supplierIds'] = words.noSupplier;
      if (chosen.length > MOST_SUPPLIERS) wrong['supplierIds'] = words.tooMany(MOST_SUPPLIERS);
      return wrong;
    },
    send: async () => {
      const request = await send({
        supplierIds: chosen,
        terms: termsOf(draft.form, 'request', new Date()),
        note: draft.form.note.trim() || undefined,
        clientMessageId: draft.clientMessageId,
      });
      draft.sent();
      tell(words.sent(request.answers.length));
      onSent?.(request);
    },
    hasField: (name) => name.startsWith('supplierIds') || hasField(name, draft.form, 'request'),
    refused: (fields) => bySupplier(fields, chosen),
  });
  const { asked, isBusy, problems } = sending;
  useEffect(() => {
    if (asked > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [asked]);
  if (!isOn) return null;
  const choose = (supplierId: string, isChosen: boolean) =>
    !isBusy &&
    draft.set({
      supplierIds: isChosen ? [...chosen, supplierId] : chosen.filter((each) => each !== supplierId),
    });
  // Whoever is not asked any more is no problem any more.
  const refused = suppliers.filter((each) => chosen.includes(each.id) && nameOf(each.id) in problems);
  const problem = problems['supplierIds'];
  return (
    <form
      aria-label={words.title}
      className={classes(rootClasses.root, styles.form, className)}
      dir={labels.direction}
      noValidate
      onSubmit={sending.submit}
      ref={formRef}
    >
      <FormHints draft={draft} />
      <fieldset aria-describedby={`${id}-hint`} className={styles.suppliers}>
        <legend className={styles.legend}>{words.suppliers}</legend>
        <p className={styles.hint} id={`${id}-hint`}>
          {problem ?? words.suppliersHint(MOST_SUPPLIERS)}
        </p>
        {refused.map((each) => (
          <p className={styles.problem} id={`${id}-${each.id}`} key={each.id}>
            <bdi>{each.name}</bdi>: {problems[nameOf(each.id)]}
          </p>
        ))}
        <div className={styles.choices} data-wrong={problem !== undefined || undefined}>
          {suppliers.map((supplier, at) => {
            const isRefused = refused.includes(supplier);
            return (
              <label className={styles.choice} key={supplier.id}>
                <input
                  aria-describedby={isRefused ? `${id}-${supplier.id}` : undefined}
                  aria-invalid={isRefused || (problem !== undefined && at === 0) || undefined}
                  checked={chosen.includes(supplier.id)}
                  onChange={(event) => choose(supplier.id, event.target.checked)}
                  type="checkbox"
                />
                <bdi>{supplier.name}</bdi>
              </label>
            );
          })}
        </div>
      </fieldset>
      <TermsFields
        form={draft.form}
        // What is on its way is not changed under it.
        onChange={(next) => !isBusy && draft.set({ form: next })}
        problems={problems}
        purpose="request"
      />
      <FormTrouble of={sending} />
      <div className={styles.foot}>
        <Button disabled={isBusy} icon="offer" kind="primary" type="submit">
          {words.send(chosen.length)}
        </Button>
      </div>
      <ToldPlace isTall />
    </form>
  );
});

const nameOf = (supplierId: string) => `supplierIds ${supplierId}`;

/** The server counts who was asked, and who is chosen changes: `supplierIds[2]` becomes whom it means. */
function bySupplier(fields: Problems, asked: readonly string[]): Problems {
  return Object.fromEntries(
    Object.entries(fields).map(([name, why]) => {
      const id = asked[Number(/^supplierIds\[(\d+)\]/.exec(name)?.[1])];
      return [id === undefined ? name : nameOf(id), why];
    }),
  );
}
