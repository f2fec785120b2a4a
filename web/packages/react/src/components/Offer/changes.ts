import type { Offer, OfferItem, OfferTerms } from '../../client/index.ts';

type ItemField = 'name' | 'quantity' | 'unit' | 'unitPrice';
type TermField = 'currency' | 'incoterm' | 'place' | 'leadTimeDays' | 'payment' | 'remarks' | 'validUntil';

/** What an item was before; `new`: it was not there. */
export type ItemChange = 'new' | { was: OfferItem; fields: ReadonlySet<ItemField> } | null;

/** What differs from the offer before. */
export interface TermChanges {
  /** In the order of the items. */
  items: readonly ItemChange[];
  removed: readonly OfferItem[];
  fields: ReadonlySet<TermField>;
  before: OfferTerms;
  total: string | null;
  count: number;
}

const itemFields: readonly ItemField[] = ['name', 'quantity', 'unit', 'unitPrice'];
const termFields: readonly TermField[] = [
  'currency',
  'incoterm',
  'place',
  'leadTimeDays',
  'payment',
  'remarks',
  'validUntil',
];

export function changesBetween({ terms, totals }: Offer, before: Offer): TermChanges {
  const rest = [...before.terms.items];
  const take = (isIt: (other: OfferItem, at: number) => boolean) => {
    const at = rest.findIndex(isIt);
    return at < 0 ? null : (rest.splice(at, 1)[0] ?? null);
  };
  // First those of the same name, so that a row that moved is no change.
  const pairs = terms.items.map((item) => take((other) => isSame(item, other)));
  const isAlone = rest.length === 1 && pairs.filter((each) => each === null).length === 1;
  const items = terms.items.map((item, at): ItemChange => {
    // The only one of another name on both sides was called something else.
    const was = pairs[at] ?? (isAlone ? take(() => true) : null);
    if (was === null) return 'new';
    const fields = itemFields.filter((field) => !isEqual(item[field], was[field], field));
    return fields.length === 0 ? null : { was, fields: new Set(fields) };
  });
  const fields = new Set(
    termFields.filter((field) => inTerms(terms, field) !== inTerms(before.terms, field)),
  );
  const total =
    totals.net === before.totals.net && totals.currency === before.totals.currency ? null : before.totals.net;
  const count = items.filter((each) => each !== null).length + rest.length + fields.size;
  return { items, removed: rest, fields, before: before.terms, total, count };
}

/** Dates are told to the minute, and what nobody could see is no change. */
function inTerms(terms: OfferTerms, field: TermField): string | number | null {
  const value = terms[field] ?? null;
  return field === 'validUntil' && value !== null ? Math.floor(Date.parse(String(value)) / 60_000) : value;
}

const isSame = (one: OfferItem, other: OfferItem) =>
  one.productId != null && one.productId === other.productId
    ? true
    : one.name.toLowerCase() === other.name.toLowerCase();

/** 1.50 is 1.5. */
function isEqual(one: string | undefined, other: string | undefined, field: ItemField): boolean {
  if (field === 'name' || field === 'unit' || one === undefined || other === undefined) return one === other;
  const plain = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  return plain(one) === plain(other);
}
