import styles from './Choice.module.css';

interface ChoiceProps<Value extends string> {
  label: string;
  options: readonly (readonly [Value, string])[];
  value: Value;
  onChange: (value: Value) => void;
}

export function Choice<Value extends string>({ label, options, value, onChange }: ChoiceProps<Value>) {
  return (
    <fieldset className={styles.choice}>
      <legend className={styles.label}>{label}</legend>
      <div className={styles.bar}>
        {options.map(([each, words]) => (
          <button
            aria-pressed={each === value}
            className={styles.option}
            key={each}
            onClick={() => onChange(each)}
            type="button"
          >
            {words}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
