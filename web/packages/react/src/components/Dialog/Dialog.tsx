import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { isPhone, useBack } from '../use-back.ts';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  hint?: string | undefined;
  isWide?: boolean;
  /** The buttons at its end. */
  actions?: ReactNode;
  onSubmit?: (() => void) | undefined;
  onClose: () => void;
  children?: ReactNode;
}

/** A question or a form in the browser's own dialog, which keeps the focus inside and gives it back. */
export function Dialog({ title, hint, isWide, actions, onSubmit, onClose, children }: DialogProps) {
  const { common } = useLabels();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useBack(isPhone(), onClose);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // One comes to fill it in, not to close it.
    element?.querySelector<HTMLElement>('select, input, textarea')?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      aria-labelledby={titleId}
      className={styles.dialog}
      data-wide={isWide || undefined}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onClose={onClose}
      // What is around must not close with it.
      onKeyDown={(event) => event.stopPropagation()}
      ref={dialog}
    >
      <Content onSubmit={onSubmit}>
        <header className={styles.head}>
          <h2 className={styles.title} id={titleId}>
            {title}
          </h2>
          <IconButton icon="close" label={common.close} onClick={onClose} />
        </header>
        <div className={styles.body}>
          {hint && <p className={styles.hint}>{hint}</p>}
          {children}
        </div>
        {actions && <footer className={styles.actions}>{actions}</footer>}
      </Content>
    </dialog>
  );
}

/** A form only where there is something to send: what a dialog shows may have forms of its own. */
function Content({ onSubmit, children }: Pick<DialogProps, 'onSubmit' | 'children'>) {
  if (onSubmit === undefined) return <div className={styles.content}>{children}</div>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.content} onSubmit={submit}>
      {children}
    </form>
  );
}

interface FieldProps {
  label: string;
  problem?: string | null | undefined;
  children: (id: string) => ReactNode;
}

/** A control with its name above it, and below it what is wrong. */
export function Field({ label, problem, children }: FieldProps) {
  const id = useId();
  return (
    <div className={styles.fieldset}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children(id)}
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

export const fieldClass = styles.field;
export const problemClass = styles.problem;
