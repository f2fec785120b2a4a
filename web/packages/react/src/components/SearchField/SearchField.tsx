import { useRef } from 'react';
import { useLabels } from '../../labels/index.ts';
import { Icon } from '../Icon/Icon.tsx';
import styles from './SearchField.module.css';

export function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { list } = useLabels();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.search}>
      <Icon name="search" size={16} />
      <input
        aria-label={list.search}
        autoComplete="off"
        className={styles.input}
        dir="auto"
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          // This is what it was for; the next one closes what is around.
          event.preventDefault();
          onChange('');
        }}
        placeholder={list.search}
        ref={input}
        type="text"
        value={value}
      />
      {value !== '' && (
        <button
          aria-label={list.clearSearch}
          className={styles.clear}
          onClick={() => {
            onChange('');
            input.current?.focus();
          }}
          title={list.clearSearch}
          type="button"
        >
          <Icon name="close" size={16} />
        </button>
      )}
    </div>
  );
}
