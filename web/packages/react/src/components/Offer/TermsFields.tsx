import { type ReactNode, useRef } from 'react';
import { useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { rootClasses } from '../../theme/index.ts';
import { Button, IconButton } from '../Button/Button.tsx';
import { fieldClass } from '../Dialog/Dialog.tsx';
import { currencies, currencyNames, digitsOf } from './currency.ts';
import { productOf, typedAmount } from './decimal.ts';
import {
  emptyItem,
  type FormItem,
  type FormTerms,
  incoterms,
  mostItems,
  type Purpose,
  totalOf,
} from './form-terms.ts';
import { LabelledField } from './LabelledField.tsx';
import styles from './OfferForm.module.css';
import { moneyOf } from './TermsView.tsx';

export interface TermsFieldsProps {
  form: FormTerms;
  purpose: Purpose;
  /** By the server's names of the fields. */
  problems: Readonly<Record<string, string>>;
  onChange: (form: FormTerms) => void;
}

/** Whether one of these fields shows what is wrong with it. */
export function hasField(name: string, form: FormTerms, purpose: Purpose): boolean {
  const [, at, field] = /^terms\.items\[(\d+)\]\.(\w+)$/.exec(name) ?? [];
  if (field === undefined) return ownFields.has(name);
  if (form.items[Number(at)] === undefined) return false;
  return field === 'unitPrice' ? purpose === 'offer' : itemFields.has(field);
}

const ownFields = new Set([
  'terms.items',
  'terms.currency',
  'terms.validUntil',
  'terms.incoterm',
  'terms.place',
  'terms.leadTimeDays',
  'terms.payment',
  'terms.remarks',
  'note',
]);
const itemFields = new Set(['name', 'productId', 'quantity', 'unit']);

/** The fields of an offer or a request. */
export function TermsFields({ form, purpose, problems, onChange }: TermsFieldsProps): ReactNode {
  const labels = useLateLabels();
  const { offer: words } = labels;
  const nameOf = currencyNames(labels.locale);
  const isOffer = purpose === 'offer';
  const list = useRef<HTMLDivElement>(null);
  const set = (change: Partial<FormTerms>) => onChange({ ...form, ...change });
  const setItem = (at: number, change: Partial<FormItem>) =>
    set({ items: form.items.map((item, index) => (index === at ? { ...item, ...change } : item)) });
  const remove = (at: number) => {
    set({ items: form.items.filter((_, index) => index !== at) });
    list.current?.querySelector<HTMLElement>('[data-add]')?.focus();
  };
  const add = () => {
    const key = Math.max(...form.items.map((item) => item.key)) + 1;
    set({ items: [...form.items, emptyItem(key, { unit: form.items.at(-1)?.unit ?? 'pcs' })] });
    // The row is there with the next drawing.
    setTimeout(() => list.current?.querySelector<HTMLElement>('[role=group]:last-of-type input')?.focus());
  };
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own */}
      <div aria-label={words.items} className={styles.items} ref={list} role="group">
        {form.items.map((item, at) => (
          <ItemFields
            at={at}
            currency={form.currency}
            isOnly={form.items.length === 1}
            item={item}
            key={item.key}
            onChange={(change) => setItem(at, change)}
            onRemove={() => remove(at)}
            problems={problems}
            purpose={purpose}
          />
        ))}
        {problems['terms.items'] && (
          <p className={styles.problem} role="alert">
            {problems['terms.items']}
          </p>
        )}
        <span>
          <Button data-add disabled={form.items.length >= mostItems} icon="plus" onClick={add} small>
            {words.addItem}
          </Button>
        </span>
      </div>
      <div className={styles.grid}>
        <LabelledField isOptional={!isOffer} label={words.currency} problem={problems['terms.currency']}>
          {(field) => (
            <select
              {...field}
              className={fieldClass}
              onChange={(event) => set({ currency: event.target.value })}
              value={form.currency}
            >
              <option value="">…</option>
              {currencies.map((code) => (
                <option key={code} value={code}>
                  {nameOf(code)}
                </option>
              ))}
            </select>
          )}
        </LabelledField>
        <LabelledField
          isOptional={!isOffer}
          label={isOffer ? words.validUntil : words.answersUntil}
          problem={problems['terms.validUntil']}
        >
          {(field) => (
            <input
              {...field}
              className={fieldClass}
              onChange={(event) => set({ validUntil: event.target.value })}
              type="date"
              value={form.validUntil}
            />
          )}
        </LabelledField>
        <LabelledField isOptional label={words.incoterm} problem={problems['terms.incoterm']}>
          {(field) => (
            <select
              {...field}
              className={fieldClass}
              onChange={(event) => set({ incoterm: event.target.value })}
              value={form.incoterm}
            >
              <option value="">{words.noIncoterm}</option>
              {incoterms.map((rule) => (
                <option key={rule} value={rule}>
                  {rule}
                </option>
              ))}
            </select>
          )}
        </LabelledField>
        <Line
          isOptional
          label={words.place}
          onChange={(place) => set({ place })}
          problem={problems['terms.place']}
          value={form.place}
        />
        <Line
          inputMode="numeric"
          isOptional
          label={words.leadTimeDays}
          onChange={(leadTimeDays) => set({ leadTimeDays })}
          problem={problems['terms.leadTimeDays']}
          value={form.leadTimeDays}
        />
        <Line
          isOptional
          label={words.payment}
          onChange={(payment) => set({ payment })}
          problem={problems['terms.payment']}
          value={form.payment}
        />
      </div>
      <Lines
        label={words.remarks}
        onChange={(remarks) => set({ remarks })}
        problem={problems['terms.remarks']}
        value={form.remarks}
      />
      <Lines
        hint={words.noteHint}
        label={words.note}
        onChange={(note) => set({ note })}
        problem={problems['note']}
        value={form.note}
      />
    </>
  );
}

interface ItemFieldsProps {
  item: FormItem;
  at: number;
  purpose: Purpose;
  currency: string;
  isOnly: boolean;
  problems: Readonly<Record<string, string>>;
  onChange: (change: Partial<FormItem>) => void;
  onRemove: () => void;
}

function ItemFields({ item, at, purpose, currency, isOnly, problems, onChange, onRemove }: ItemFieldsProps) {
  const { offer: words } = useLateLabels();
  const format = useFormat();
  const problem = (field: string) => problems[`terms.items[${at}].${field}`];
  const digits = digitsOf(currency);
  const amount = productOf(typedAmount(item.quantity), typedAmount(item.unitPrice), digits ?? 2);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own
    <div
      aria-label={words.item(at + 1)}
      className={styles.item}
      data-priced={purpose === 'offer' || undefined}
      role="group"
    >
      <Line
        label={words.name}
        // Another name is another thing.
        onChange={(name) => onChange({ name, productId: null })}
        // A product is chosen by its name.
        problem={problem('name') ?? problem('productId')}
        value={item.name}
      />
      <Line
        inputMode="decimal"
        label={words.quantity}
        onChange={(quantity) => onChange({ quantity })}
        problem={problem('quantity')}
        value={item.quantity}
      />
      <Line
        label={words.unit}
        onChange={(unit) => onChange({ unit })}
        problem={problem('unit')}
        value={item.unit}
      />
      {purpose === 'offer' && (
        <>
          <Line
            inputMode="decimal"
            label={words.unitPrice}
            onChange={(unitPrice) => onChange({ unitPrice })}
            problem={problem('unitPrice')}
            value={item.unitPrice}
          />
          <p className={styles.amount}>
            <span className={styles.label}>{words.lineTotal}</span>
            <bdi>
              {amount === null
                ? '–'
                : digits === null
                  ? format.amount(amount)
                  : moneyOf(amount, currency, format)}
            </bdi>
          </p>
        </>
      )}
      {!isOnly && (
        <span className={styles.remove}>
          <IconButton
            icon="close"
            label={words.removeItem(item.name.trim() || words.item(at + 1))}
            onClick={onRemove}
          />
        </span>
      )}
    </div>
  );
}

interface TextProps {
  label: string;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}

function Line({
  label,
  value,
  problem,
  onChange,
  inputMode,
  isOptional = false,
}: TextProps & { inputMode?: 'decimal' | 'numeric'; isOptional?: boolean }) {
  return (
    <LabelledField isOptional={isOptional} label={label} problem={problem}>
      {(field) => (
        <input
          {...field}
          className={fieldClass}
          dir={inputMode ? 'ltr' : 'auto'}
          inputMode={inputMode}
          onChange={(event) => onChange(event.target.value)}
          // Enter in the middle of a form is no wish to send it.
          onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
          value={value}
        />
      )}
    </LabelledField>
  );
}

function Lines({ label, hint, value, problem, onChange }: TextProps & { hint?: string }) {
  return (
    <LabelledField hint={hint} isOptional label={label} problem={problem}>
      {(field) => (
        <textarea
          {...field}
          className={fieldClass}
          dir="auto"
          onChange={(event) => onChange(event.target.value)}
          rows={2}
          value={value}
        />
      )}
    </LabelledField>
  );
}

/** What it comes to so far; told when it has come to rest. */
export function Total({ form }: { form: FormTerms }) {
  const { offer: words } = useLateLabels();
  const format = useFormat();
  const total = totalOf(form);
  return (
    <p className={styles.total} role="status">
      <span>{words.total}</span>{' '}
      <bdi className={styles.sum}>{total === null ? '–' : moneyOf(total, form.currency, format)}</bdi>
      <span className={rootClasses.visuallyHidden}>{total === null ? '' : form.currency}</span>
    </p>
  );
}
