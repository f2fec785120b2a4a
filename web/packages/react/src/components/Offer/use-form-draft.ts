import { useMemo, useRef } from 'react';
import { newId } from '../../client/environment.ts';
import type { Product } from '../../client/index.ts';
import { useDraft } from '../../hooks/index.ts';
import type { FormStart, StartedForm } from '../Composer/negotiation.ts';
import { type FormTerms, formOf } from './form-terms.ts';

/** What is kept of a form. */
interface Kept extends StartedForm {
  form: FormTerms;
  /** Of a request to several. */
  supplierIds: readonly string[];
  /** Whether the server has been asked with its `clientMessageId`. */
  isTried: boolean;
}

export interface FormDraft extends Kept {
  /** The browser can store it. */
  isKept: boolean;
  /** Another window has filled it in too: shows what stands there, and keeps this. */
  swap: (() => void) | null;
  set: (change: Partial<Pick<Kept, 'form' | 'supplierIds'>>) => void;
  /** The same is sent again only as long as nothing is changed. */
  setTried: () => void;
  /** It answers no offer any more. */
  setNew: () => void;
  /** It was sent: what another window has typed is left. */
  sent: () => void;
  /** Throws all of it away; returns the way back. */
  clear: () => () => void;
}

/** A form, kept like every draft under its name. The product is what a new one begins with. */
export function useFormDraft(
  name: string,
  kind: FormStart['kind'],
  product: Pick<Product, 'id' | 'name'> | null,
): FormDraft {
  const draft = useDraft(name);
  const { text, setText } = draft;
  const [others, own] = linesOf(text);
  // What came from another window while this one was being sent counts, too.
  const latest = useRef(text);
  latest.current = text;
  const kept = useMemo(() => read(own, kind, product), [own, kind, product]);
  const write = (change: Partial<Kept>) => {
    const { from: _, ...next } = { ...kept, ...change };
    setText(linesOf(latest.current)[0] + JSON.stringify(next));
  };
  const another = () => ({ clientMessageId: newId(), isTried: false });
  return {
    ...kept,
    isKept: draft.isKept,
    swap: others === '' ? null : () => setText(`${own}\n${others.trimEnd()}`),
    // What was changed since the server was asked is another offer.
    set: (change) => write({ ...change, ...(kept.isTried && another()) }),
    setTried: () => write({ isTried: true }),
    setNew: () => write({ counters: undefined, ...another() }),
    sent: () => setText(linesOf(latest.current)[0].trimEnd()),
    clear: () => {
      draft.clear();
      return () => setText(text);
    },
  };
}

/** Two windows wrote at once, and nothing of either is lost: a line of each, the last is the one that is shown. */
function linesOf(text: string): [others: string, own: string] {
  const at = text.lastIndexOf('\n') + 1;
  return [text.slice(0, at), text.slice(at)];
}

function read(line: string, usual: FormStart['kind'], product: Pick<Product, 'id' | 'name'> | null): Kept {
  const stored = parsed(line);
  const none = { supplierIds: [], isTried: false };
  if (stored?.form !== undefined) return { ...none, ...stored, form: stored.form };
  const { kind = usual, counters, source, from, clientMessageId = newId() } = stored ?? {};
  const form = formOf(from ?? null, new Date());
  const [first] = form.items;
  if (from === undefined && product && first)
    form.items = [{ ...first, productId: product.id, name: product.name }];
  return { ...none, kind, counters, source, form, clientMessageId };
}

function parsed(line: string): (StartedForm & Partial<Kept>) | null {
  try {
    return JSON.parse(line) as StartedForm & Partial<Kept>;
  } catch {
    return null;
  }
}
