import { useEffect, useState } from 'react';
import { type ConnectionStatus, useConnection } from '../../hooks/index.ts';
import { type Labels, useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import styles from './ConnectionBanner.module.css';

/** A short break mends itself before anybody needs to know. */
const PATIENCE_MS = 2500;

/** Says why nothing new comes in, and what still works; nothing while all is well. */
export function ConnectionBanner() {
  const labels = useLabels();
  const { status, reconnect } = useConnection();
  const isLong = useIsLong(status === 'reconnecting');
  const words = wordsFor(status, isLong, labels.connection);
  return (
    <div aria-live="polite" className={styles.region}>
      {words && (
        <p className={styles.banner} data-status={status}>
          <Icon name="offline" size={16} />
          <span className={styles.words}>{words}</span>
          {status === 'replaced' && (
            <Button onClick={reconnect} small>
              {labels.connection.useHere}
            </Button>
          )}
          {status === 'reconnecting' && (
            <Button onClick={reconnect} small>
              {labels.common.retry}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}

function wordsFor(status: ConnectionStatus, isLong: boolean, words: Labels['connection']): string | null {
  if (status === 'offline') return words.offline;
  if (status === 'replaced') return words.replaced;
  if (status === 'signed-out') return words.signedOut;
  return status === 'reconnecting' && isLong ? words.reconnecting : null;
}

function useIsLong(isWaiting: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return isLong;
}
