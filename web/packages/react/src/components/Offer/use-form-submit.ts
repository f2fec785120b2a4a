import { type FormEvent, useState } from 'react';
import { HaggleError } from '../../client/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { whyOf } from '../LoadProblem/why.ts';
import { withoutRefused } from './form-terms.ts';
import type { FormDraft } from './use-form-draft.ts';

/** By the names that the server has for the fields. */
export type Problems = Readonly<Record<string, string>>;

/** Why a form was not sent, and what one can do about it. */
export interface Trouble {
  text: string;
  /** What is wrong beside the fields that are marked. */
  others?: readonly string[];
  /** The message that is in the way. */
  messageId?: string;
}

interface Options {
  /** What the server would find wrong. */
  check: () => Record<string, string>;
  send: () => Promise<void>;
  /** Whether the form has a control that shows what is wrong with it. */
  hasField: (name: string) => boolean;
  /** What the server has refused, in the names of this form. */
  refused?: (fields: Problems) => Problems;
  troubleOf?: (error: unknown) => Trouble | null;
}

export interface FormSubmit {
  problems: Problems;
  trouble: Trouble | null;
  isBusy: boolean;
  /** How often it was refused. */
  asked: number;
  submit: (event: FormEvent) => Promise<void>;
}

/** Sends a form: asks nobody while something is wrong, and says all that is, at its field or below them. */
export function useFormSubmit(
  draft: FormDraft,
  { check, send, hasField, refused, troubleOf }: Options,
): FormSubmit {
  const labels = useLateLabels();
  const { offer: words } = labels;
  const [problems, setProblems] = useState<Problems>({});
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [asked, setAsked] = useState(0);
  const refuse = (wrong: Problems) => {
    const others = Object.keys(wrong).filter((name) => !hasField(name));
    const said = others.map((name) => wrong[name] ?? '');
    const marked = Object.keys(wrong).length - others.length;
    const sentences = said.map((why) => why.replace(/[.!?]?$/, '.')).join(' ');
    setProblems(wrong);
    setTrouble(marked > 0 ? { text: words.fix(marked), others: said } : { text: words.failed(sentences) });
    setAsked((count) => count + 1);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const wrong = check();
    if (Object.keys(wrong).length > 0) {
      refuse(wrong);
      return;
    }
    setProblems({});
    setTrouble(null);
    setBusy(true);
    draft.setTried();
    try {
      await send();
    } catch (error) {
      const fields = error instanceof HaggleError ? error.fields : {};
      if (Object.keys(fields).length > 0) {
        const form = withoutRefused(draft.form, fields);
        if (form !== draft.form) draft.set({ form });
        refuse(refused?.(fields) ?? fields);
      } else setTrouble(troubleOf?.(error) ?? { text: words.failed(whyOf(error, labels)) });
    } finally {
      setBusy(false);
    }
  };
  return { problems, trouble, isBusy, asked, submit };
}
