import { type ReactNode, useEffect, useId, useRef } from 'react';
import { type Conversation, HaggleError, type Offer, type QuotationRequest } from '../../client/index.ts';
import { useGoTo, useMe, useOfferActions, useSendRequest } from '../../hooks/index.ts';
import type { Labels } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button, IconButton } from '../Button/Button.tsx';
import { wanted } from '../ChatPage/wanted.ts';
import { formDraftOf } from '../Composer/negotiation.ts';
import { Icon } from '../Icon/Icon.tsx';
import { titleOf } from '../people.ts';
import { tell } from '../Told/told.ts';
import { FormHints, FormTrouble } from './FormNotes.tsx';
import { problemsIn, termsOf } from './form-terms.ts';
import styles from './OfferForm.module.css';
import { hasField, TermsFields, Total } from './TermsFields.tsx';
import { type FormDraft, useFormDraft } from './use-form-draft.ts';
import { type Trouble, useFormSubmit } from './use-form-submit.ts';

export interface OfferFormProps {
  conversation: Conversation;
  /** Leaves it as it is, for messages. */
  onAside: () => void;
}

/** An offer, a counter-offer or a request, where messages are written else. Whatever is typed is kept until it is sent. */
export default function OfferForm({ conversation, onAside }: OfferFormProps): ReactNode {
  const labels = useLateLabels();
  const { offer: words } = labels;
  const me = useMe();
  const draft = useFormDraft(formDraftOf(conversation.id), 'offer', conversation.product ?? null);
  const send = useSend(conversation, draft);
  const goTo = useGoTo();
  const form = useRef<HTMLFormElement>(null);
  const titleId = useId();
  const sending = useFormSubmit(draft, {
    check: () => problemsIn(draft.form, draft.kind, new Date(), words.problems),
    send,
    hasField: (name) => hasField(name, draft.form, draft.kind),
    troubleOf: (error) => troubleOf(error, words, draft),
  });
  const { asked, isBusy } = sending;
  // Whoever opens it goes on by filling it in; whoever sent it in vain, with what is wrong.
  useEffect(() => {
    const first = asked === 0 ? 'input' : '[aria-invalid]';
    form.current?.querySelector<HTMLElement>(first)?.focus();
  }, [asked]);
  const discard = () => {
    const restore = draft.clear();
    tell(words.discarded, { label: words.undo, act: restore });
  };
  const title = titleFor(draft, words);
  const show = (messageId: string) => goTo(conversation.id, messageId);
  return (
    <form
      aria-labelledby={titleId}
      className={styles.form}
      data-haggle-clear
      noValidate
      onSubmit={sending.submit}
      ref={form}
    >
      <header className={styles.head}>
        <Icon name="offer" />
        <h3 className={styles.title} id={titleId}>
          <span>{title}</span> <bdi className={styles.to}>{titleOf(conversation, me, labels)}</bdi>
        </h3>
        <IconButton icon="chat" label={words.aside} onClick={onAside} />
        <IconButton icon="trash" label={words.discard} onClick={discard} />
      </header>
      <div className={styles.fields}>
        <FormHints draft={draft} />
        <TermsFields
          form={draft.form}
          // What is on its way is not changed under it.
          onChange={(next) => !isBusy && draft.set({ form: next })}
          problems={sending.problems}
          purpose={draft.kind}
        />
      </div>
      <footer className={styles.foot}>
        <FormTrouble of={sending} onShow={show} />
        {draft.kind === 'offer' && <Total form={draft.form} />}
        <Button disabled={isBusy} kind="primary" type="submit">
          {draft.kind === 'request' ? words.ask : draft.counters ? words.sendCounter : words.send}
        </Button>
      </footer>
    </form>
  );
}

function titleFor({ kind, counters }: FormDraft, words: Labels['offer']): string {
  if (kind === 'request') return words.askTitle;
  return counters === undefined ? words.makeTitle : words.counterTitle;
}

/** Sends what is in the form, shows where it went, and empties the form. */
function useSend(conversation: Conversation, draft: FormDraft): () => Promise<void> {
  const labels = useLateLabels();
  const { offer: words } = labels;
  const me = useMe();
  const goTo = useGoTo();
  const { make } = useOfferActions(conversation.id);
  const request = useSendRequest();
  const { kind, form, counters, clientMessageId } = draft;
  const offered = ({ messageId }: Offer) => goTo(conversation.id, messageId);
  const requested = ({ answers }: QuotationRequest) => {
    const id = answers[0]?.conversationId;
    if (id === undefined || id === conversation.id) return;
    const name = titleOf(conversation, me, labels);
    tell(words.askedElsewhere(name), { label: words.openIt, act: () => wanted.set(id) });
  };
  return async () => {
    const terms = termsOf(form, kind, new Date());
    const given = { terms, note: form.note.trim() || undefined, clientMessageId };
    if (kind === 'offer') offered(await make({ ...given, counters }));
    else requested(await request({ ...given, supplierIds: [conversation.participants.supplier?.id ?? ''] }));
    draft.sent();
  };
}

/** Of a refusal for an offer that stands otherwise than the form took it to. */
function troubleOf(error: unknown, words: Labels['offer'], draft: FormDraft): Trouble | null {
  if (!(error instanceof HaggleError) || error.offer === null) return null;
  const { messageId } = error.offer;
  if (error.code === 'offer_open') return { text: words.openAlready, messageId };
  // Sent once more it would say the same: it becomes an offer of its own.
  draft.setNew();
  return { text: words.nowNew, messageId };
}
