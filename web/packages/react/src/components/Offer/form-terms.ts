import { charactersOf, type OfferItem, type OfferTerms, plainText } from '../../client/index.ts';
import type { TermProblems } from '../../labels/late.ts';
import { digitsOf } from './currency.ts';
import { amountOf, sumOf, typedAmount } from './decimal.ts';

/** An item as it is typed: all of it text. */
export interface FormItem {
  /** For React; the rows come and go. */
  key: number;
  productId: string | null;
  name: string;
  quantity: string;
  unit: string;
  unitPrice: string;
}

/** Terms as they are typed. */
export interface FormTerms {
  items: FormItem[];
  currency: string;
  incoterm: string;
  place: string;
  leadTimeDays: string;
  payment: string;
  /** The last day, as a date field has it: 2026-12-31. */
  validUntil: string;
  /** When the terms that it answers end: sent as it is while its day stands there. */
  givenUntil?: string | null;
  remarks: string;
  note: string;
}

export type Purpose = 'offer' | 'request';

export const mostItems = 50;
const most = { name: 200, unit: 40, place: 200, payment: 500, remarks: 2_000, note: 2_000, days: 3_650 };
const DAY_MS = 24 * 60 * 60_000;
const VALID_DAYS = 366;
const USUAL_DAYS = 14;

export const incoterms = [
  'EXW',
  'FCA',
  'CPT',
  'CIP',
  'DAP',
  'DPU',
  'DDP',
  'FAS',
  'FOB',
  'CFR',
  'CIF',
] as const;

export const emptyItem = (key: number, given: Partial<FormItem> = {}): FormItem => ({
  key,
  productId: null,
  name: '',
  quantity: '',
  unit: 'pcs',
  unitPrice: '',
  ...given,
});

/** What a form begins with: the terms that it answers, or nothing but what is usual. */
export function formOf(from: Partial<OfferTerms> | null, now: Date): FormTerms {
  const until = from?.validUntil ? new Date(from.validUntil) : null;
  const usual = new Date(now.getTime() + USUAL_DAYS * DAY_MS);
  const items = from?.items?.map((item, at) => emptyItem(at, typed(item))) ?? [];
  return {
    items: items.length > 0 ? items : [emptyItem(0)],
    currency: from?.currency ?? '',
    incoterm: from?.incoterm ?? '',
    place: from?.place ?? '',
    leadTimeDays: from?.leadTimeDays === undefined ? '' : String(from.leadTimeDays),
    payment: from?.payment ?? '',
    validUntil: dayOf(until !== null && until > now ? until : usual),
    givenUntil: until !== null && until > now ? (from?.validUntil ?? null) : null,
    remarks: from?.remarks ?? '',
    note: '',
  };
}

const typed = ({ productId, name, quantity, unit, unitPrice }: OfferItem) => ({
  productId: productId ?? null,
  name,
  quantity,
  unit,
  unitPrice: unitPrice ?? '',
});

/** By the calendar of this device. */
function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** A day is good until its end. */
function endOf(day: string): Date | null {
  const [year, month, date] = day.split('-').map(Number);
  if (!year || !month || !date) return null;
  const end = new Date(year, month - 1, date, 23, 59, 59, 999);
  // A year of six digits is more than a date can hold.
  return Number.isNaN(end.getTime()) ? null : end;
}

/** Whoever left the day alone has changed nothing, in whatever time zone; what is over by now is good until the end of its day. */
function untilOf({ validUntil, givenUntil }: FormTerms, now: Date): string | null {
  const given = givenUntil ? new Date(givenUntil) : null;
  if (givenUntil && given !== null && given > now && dayOf(given) === validUntil) return givenUntil;
  return endOf(validUntil)?.toISOString() ?? null;
}

export function termsOf(form: FormTerms, purpose: Purpose, now: Date): OfferTerms {
  const text = (value: string) => plainText(value);
  const isOffer = purpose === 'offer';
  const until = untilOf(form, now);
  return {
    items: form.items.map((item) => ({
      ...(item.productId !== null && { productId: item.productId }),
      name: text(item.name),
      quantity: typedAmount(item.quantity),
      unit: text(item.unit),
      ...(isOffer && { unitPrice: typedAmount(item.unitPrice) }),
    })),
    ...(form.currency !== '' && { currency: form.currency }),
    ...(form.incoterm !== '' && { incoterm: form.incoterm as (typeof incoterms)[number] }),
    ...(text(form.place) !== '' && { place: text(form.place) }),
    ...(form.leadTimeDays.trim() !== '' && { leadTimeDays: Number(typedAmount(form.leadTimeDays)) }),
    ...(text(form.payment) !== '' && { payment: text(form.payment) }),
    ...(until !== null && { validUntil: until }),
    ...(text(form.remarks) !== '' && { remarks: text(form.remarks) }),
  };
}

/** What the server knows no product of goes as what it is called, with the next try. */
export function withoutRefused(form: FormTerms, refused: Readonly<Record<string, string>>): FormTerms {
  const isRefused = (at: number) => `terms.items[${at}].productId` in refused;
  if (!form.items.some((_, at) => isRefused(at))) return form;
  const items = form.items.map((item, at) => (isRefused(at) ? { ...item, productId: null } : item));
  return { ...form, items };
}

/** The total of what is typed so far; null while something is missing. */
export function totalOf({ items, currency }: FormTerms): string | null {
  const digits = digitsOf(currency);
  if (digits === null) return null;
  return sumOf(
    items.map((item) => [typedAmount(item.quantity), typedAmount(item.unitPrice)]),
    digits,
  );
}

/** What the server would find wrong, by the names that it has for the fields. */
export function problemsIn(
  form: FormTerms,
  purpose: Purpose,
  now: Date,
  words: TermProblems,
): Record<string, string> {
  const found: Record<string, string> = {};
  const tooLong = (name: string, value: string, limit: number) => {
    const length = charactersOf(plainText(value));
    if (length > limit) found[name] = words.tooLong(limit, length);
  };
  const needed = (name: string, value: string, limit: number) => {
    if (plainText(value) === '') found[name] = words.required;
    else tooLong(name, value, limit);
  };
  const amount = (name: string, value: string): bigint | null => {
    const read = amountOf(typedAmount(value));
    if (read === null) found[name] = value.trim() === '' ? words.required : words.amount;
    return read;
  };
  form.items.forEach((item, at) => {
    const path = (field: string) => `terms.items[${at}].${field}`;
    needed(path('name'), item.name, most.name);
    if (amount(path('quantity'), item.quantity) === 0n) found[path('quantity')] = words.positive;
    needed(path('unit'), item.unit, most.unit);
    if (purpose === 'offer') amount(path('unitPrice'), item.unitPrice);
  });
  if (form.items.length > mostItems) found['terms.items'] = words.itemsMost(mostItems);
  const isOffer = purpose === 'offer';
  if (isOffer && digitsOf(form.currency) === null) found['terms.currency'] = words.required;
  tooLong('terms.place', form.place, most.place);
  const hasPlace = plainText(form.place) !== '';
  if (form.incoterm !== '' && !hasPlace) found['terms.place'] = words.place;
  if (form.incoterm === '' && hasPlace) found['terms.incoterm'] = words.incoterm;
  const days = typedAmount(form.leadTimeDays);
  if (days !== '' && !(/^\d+$/.test(days) && Number(days) <= most.days))
    found['terms.leadTimeDays'] = words.days(most.days);
  tooLong('terms.payment', form.payment, most.payment);
  const until = Date.parse(untilOf(form, now) ?? '');
  if (Number.isNaN(until)) {
    if (isOffer) found['terms.validUntil'] = words.required;
  } else if (until <= now.getTime()) found['terms.validUntil'] = words.past;
  else if (until > now.getTime() + VALID_DAYS * DAY_MS) found['terms.validUntil'] = words.tooFar;
  tooLong('terms.remarks', form.remarks, most.remarks);
  tooLong('note', form.note, most.note);
  if (isOffer && Object.keys(found).length === 0 && totalOf(form) === null)
    found['terms.items'] = words.total;
  return found;
}
