import { useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import styles from './Skeleton.module.css';

/** The shape of what is loading: rows of a list, or bubbles of a thread. */
export function Skeleton({ shape, count = 6 }: { shape: 'rows' | 'bubbles'; count?: number }) {
  const { common } = useLabels();
  return (
    <div aria-busy="true" className={styles.skeleton} data-shape={shape} role="status">
      <span className={rootClasses.visuallyHidden}>{common.loading}</span>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces are alike and never move
        <div aria-hidden="true" className={styles.piece} key={index}>
          {shape === 'rows' && <span className={styles.disc} />}
          <span className={styles.lines}>
            <span className={styles.line} />
            <span className={styles.line} />
          </span>
        </div>
      ))}
    </div>
  );
}
