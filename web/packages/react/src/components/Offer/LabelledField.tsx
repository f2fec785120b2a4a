import { type ReactNode, useId } from 'react';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import styles from './OfferForm.module.css';

interface LabelledFieldProps {
  label: string;
  isOptional?: boolean;
  /** What one should know before one fills it in. */
  hint?: string | undefined;
  problem: string | undefined;
  children: (field: Labelled) => ReactNode;
}

interface Labelled {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** A control with its name above it, and below it what is wrong, which a screen reader hears with the name. */
export function LabelledField({ label, isOptional = false, hint, problem, children }: LabelledFieldProps) {
  const { offer: words } = useLateLabels();
  const id = useId();
  const problemId = `${id}-problem`;
  const hintId = `${id}-hint`;
  const isWrong = problem !== undefined;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        <span>{label}</span> {isOptional && <span className={styles.optional}>{words.optional}</span>}
      </label>
      {children({
        id,
        'aria-invalid': isWrong || undefined,
        'aria-describedby': isWrong ? problemId : hint ? hintId : undefined,
      })}
      {hint && !isWrong && (
        <p className={styles.optional} id={hintId}>
          {hint}
        </p>
      )}
      {isWrong && (
        <p className={styles.problem} id={problemId}>
          {problem}
        </p>
      )}
    </div>
  );
}
