import type { ReactNode } from 'react';
import type { OfferTerms } from '../../client/index.ts';
import { type Format, type Labels, useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import type { ItemChange, TermChanges } from './changes.ts';
import { digitsOf } from './currency.ts';
import { placesOf, productOf } from './decimal.ts';
import styles from './Offer.module.css';

interface TermsViewProps {
  terms: OfferTerms;
  /** Of an offer. */
  total?: string | undefined;
  /** What differs from the offer before. */
  changes?: TermChanges | null;
  /** Behind the date until which it is valid. */
  until?: ReactNode;
}

/** Goods, prices and conditions; what is changed says what it was. */
export function TermsView({ terms, total, changes = null, until }: TermsViewProps) {
  const { offer: words } = useLateLabels();
  const format = useFormat();
  const { currency } = terms;
  return (
    <>
      <ul aria-label={words.items} className={styles.items}>
        {terms.items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the items of terms never move
          <li className={styles.item} data-changed={changes?.items[at] != null || undefined} key={at}>
            <Item
              change={changes?.items[at] ?? null}
              currency={currency}
              item={item}
              before={changes?.before}
            />
          </li>
        ))}
        {changes?.removed.map((item) => (
          <li className={styles.item} data-changed key={`removed ${item.name}`}>
            <del className={styles.itemName}>
              <bdi>{item.name}</bdi>
            </del>
            <Mark>{words.removed}</Mark>
          </li>
        ))}
      </ul>
      {total !== undefined && currency !== undefined && (
        <p className={styles.total}>
          <span>{words.total}</span>
          <span className={styles.value}>
            {changes?.total != null && (
              <Mark>{words.was(moneyOf(changes.total, changes.before.currency ?? currency, format))}</Mark>
            )}
            <bdi className={styles.sum}>{moneyOf(total, currency, format)}</bdi>
          </span>
        </p>
      )}
      <dl className={styles.terms}>
        <Conditions changes={changes} terms={terms} until={until} untilWord={total === undefined} />
      </dl>
    </>
  );
}

interface ItemProps {
  item: OfferTerms['items'][number];
  currency: string | undefined;
  change: ItemChange;
  before: OfferTerms | undefined;
}

function Item({ item, currency, change, before }: ItemProps) {
  const { offer: words } = useLateLabels();
  const format = useFormat();
  const money = (text: string) => moneyOf(text, currency ?? '', format);
  const { unitPrice } = item;
  const line =
    unitPrice === undefined || currency === undefined
      ? null
      : productOf(item.quantity, unitPrice, digitsOf(currency) ?? 2);
  const price = unitPrice === undefined || currency === undefined ? null : money(unitPrice);
  const was = change !== null && change !== 'new' ? change : null;
  const wasPrice =
    was?.was.unitPrice === undefined
      ? null
      : moneyOf(was.was.unitPrice, before?.currency ?? currency ?? '', format);
  return (
    <>
      <span className={styles.itemName}>
        <bdi>{item.name}</bdi>
        {change === 'new' && <Mark>{words.isNew}</Mark>}
        {was?.fields.has('name') && <Mark>{words.was(was.was.name)}</Mark>}
      </span>
      <span className={styles.calculation}>
        <bdi>{words.times(format.amount(item.quantity), item.unit, price)}</bdi>
        {(was?.fields.has('quantity') || was?.fields.has('unit')) && (
          <Mark>{words.was(`${format.amount(was.was.quantity)} ${was.was.unit}`)}</Mark>
        )}
        {was?.fields.has('unitPrice') && wasPrice !== null && <Mark>{words.was(wasPrice)}</Mark>}
      </span>
      {line !== null && <bdi className={styles.line}>{money(line)}</bdi>}
    </>
  );
}

interface ConditionsProps {
  terms: OfferTerms;
  changes: TermChanges | null;
  until: ReactNode;
  /** A request says until when answers are wanted. */
  untilWord: boolean;
}

function Conditions({ terms, changes, until, untilWord }: ConditionsProps) {
  const { offer: words } = useLateLabels();
  const format = useFormat();
  const before = changes?.before;
  const now = valuesOf(terms, words, format);
  const was = before && valuesOf(before, words, format);
  const names = {
    delivery: words.delivery,
    leadTime: words.leadTime,
    payment: words.payment,
    validUntil: untilWord ? words.answersUntil : words.validUntil,
    remarks: words.remarks,
  };
  return Object.entries(names).map(([key, name]) => {
    const field = key as keyof typeof names;
    const isChanged = was !== undefined && now[field] !== was[field];
    if (now[field] === null && !isChanged) return null;
    return (
      <div className={styles.term} data-changed={isChanged || undefined} key={field}>
        <dt>{name}</dt>
        <dd>
          {now[field] !== null && (
            <bdi className={styles.text} data-long={field === 'remarks' || undefined}>
              {now[field]}
            </bdi>
          )}
          {field === 'validUntil' && until}
          {isChanged && <Mark>{was[field] === null ? words.wasNothing : words.was(was[field] ?? '')}</Mark>}
        </dd>
      </div>
    );
  });
}

function valuesOf(terms: OfferTerms, words: Labels['offer'], format: Format) {
  const { incoterm, place, leadTimeDays, payment, validUntil, remarks } = terms;
  return {
    delivery: incoterm == null ? null : [incoterm, place].filter(Boolean).join(' '),
    leadTime: leadTimeDays === undefined ? null : words.days(leadTimeDays),
    payment: payment ?? null,
    validUntil: validUntil === undefined ? null : format.full(new Date(validUntil)),
    remarks: remarks ?? null,
  };
}

/** A word about a change, marked by its frame as well as by its colour. */
function Mark({ children }: { children: ReactNode }) {
  return <span className={styles.mark}>{children}</span>;
}

/** With the digits of the currency at least, and all that it was written with. */
export function moneyOf(amount: string, currency: string, format: Format): string {
  const digits = digitsOf(currency);
  if (digits === null) return format.amount(amount);
  // A whole price has no point, and a price of a currency has its digits.
  return format.money(amount, currency, Math.max(digits, placesOf(amount)));
}
