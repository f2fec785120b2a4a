import { forwardRef } from 'react';
import { type ConnectionStatus, useConnection, useIsCutOff, useMe } from '../../hooks/index.ts';
import { type Labels, useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import { classes, type RootProps } from '../root-props.ts';
import styles from './ConnectionBanner.module.css';

/** Says why nothing new comes in, and what still works; nothing while all is well. */
export const ConnectionBanner = forwardRef<HTMLDivElement, RootProps>(function ConnectionBanner(
  { className },
  ref,
) {
  const labels = useLabels();
  const { status, reconnect } = useConnection();
  const isKnown = useMe() !== null;
  const words = useIsCutOff() ? wordsFor(status, isKnown, labels.connection) : null;
  return (
    <div aria-live="polite" className={classes(styles.region, className)} ref={ref}>
      {words && (
        <p className={styles.banner} data-status={status}>
          <Icon name="offline" size={16} />
          <span className={styles.words}>{words}</span>
          {status === 'replaced' && (
            <Button onClick={reconnect} small>
              {labels.connection.useHere}
            </Button>
          )}
          {(status === 'reconnecting' || status === 'signed-out') && (
            <Button onClick={reconnect} small>
              {labels.common.retry}
            </Button>
          )}
        </p>
      )}
    </div>
  );
});

function wordsFor(status: ConnectionStatus, isKnown: boolean, words: Labels['connection']): string | null {
  switch (status) {
    case 'offline':
      return words.offline;
    case 'replaced':
      return words.replaced;
    case 'signed-out':
      // Of a visitor no session has ended.
      return isKnown ? words.signedOut : words.notSignedIn;
    case 'reconnecting':
      return words.reconnecting;
    default:
      return null;
  }
}
