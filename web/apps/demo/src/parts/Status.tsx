import styles from './Status.module.css';

export function Loading() {
  return (
    <div aria-busy="true" className={styles.status} role="status">
      Opening the market…
    </div>
  );
}

export function Problem({ onRetry }: { onRetry: () => void }) {
  return (
    <div className={styles.status} role="alert">
      <p>The market cannot be reached.</p>
      <button className={styles.retry} onClick={onRetry} type="button">
        Try again
      </button>
    </div>
  );
}
