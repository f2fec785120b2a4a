import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Button } from '../Button/Button.tsx';
import styles from './OfferForm.module.css';
import type { FormDraft } from './use-form-draft.ts';
import type { FormSubmit } from './use-form-submit.ts';

/** What one should know of a form that is kept: that another window has one too, or that it ends with the page. */
export function FormHints({ draft }: { draft: FormDraft }) {
  const { offer: words } = useLateLabels();
  return (
    <>
      {draft.swap !== null && (
        <p className={styles.hint} role="status">
          <span>{words.otherWindow}</span>
          <Button onClick={draft.swap} small>
            {words.useOther}
          </Button>
        </p>
      )}
      {!draft.isKept && (
        <p className={styles.hint}>
          <span>{words.notKept}</span>
        </p>
      )}
    </>
  );
}

interface FormTroubleProps {
  of: FormSubmit;
  onShow?: (messageId: string) => void;
}

/** Why it was not sent. */
export function FormTrouble({ of: { trouble, asked }, onShow }: FormTroubleProps) {
  const { offer: words } = useLateLabels();
  if (trouble === null) return null;
  const { text, others = [], messageId } = trouble;
  return (
    <div className={styles.trouble} key={asked} role="alert">
      <p>{text}</p>
      {others.map((why) => (
        <p key={why}>{why}</p>
      ))}
      {messageId !== undefined && (
        <Button onClick={() => onShow?.(messageId)} small>
          {words.show}
        </Button>
      )}
    </div>
  );
}
