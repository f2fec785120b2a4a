import { useFormat } from '../../labels/index.ts';
import styles from './Choices.module.css';

export interface Choice<Value extends string> {
  value: Value;
  label: string;
  count?: number;
}

interface ChoicesProps<Value extends string> {
  label: string;
  choices: readonly Choice<Value>[];
  value: Value;
  onChange: (value: Value) => void;
  /** One bar of equal parts, for what divides a whole page. */
  isBar?: boolean;
}

/** One of a few, side by side: a group of buttons of which one is pressed. */
export function Choices<Value extends string>({
  label,
  choices,
  value,
  onChange,
  isBar = false,
}: ChoicesProps<Value>) {
  const format = useFormat();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a legend and a border of its own
    <div aria-label={label} className={styles.choices} data-bar={isBar || undefined} role="group">
      {choices.map((choice) => (
        <button
          aria-pressed={choice.value === value}
          className={styles.choice}
          key={choice.value}
          onClick={() => onChange(choice.value)}
          type="button"
        >
          <span>{choice.label}</span>{' '}
          {choice.count ? <span className={styles.count}>{format.number(choice.count)}</span> : null}
        </button>
      ))}
    </div>
  );
}
