import { type ComponentType, useCallback, useEffect, useRef, useState } from 'react';
import { HaggleError } from '../../client/index.ts';
import { limits } from '../../client/limits.ts';
import { withTimeout } from '../../client/with-timeout.ts';
import { useConnection } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import type { ConversationDetailsProps } from './ConversationDetails.tsx';

const fileIsAway = new HaggleError('network', 'A file of the page could not be loaded');

/** A file that is neither there nor not there is taken for missing. */
const loadDetails = () =>
  withTimeout(import('./ConversationDetails.tsx'), limits.requestTimeoutMs, () => fileIsAway);

type Loaded = ComponentType<ConversationDetailsProps> | 'failed' | null;

/**
 * The details, loaded when they are first opened. Not React's `lazy`: without a connection, or after a new version was
 * published, the file is not there, and that must not take the whole page down.
 */
export function LazyDetails(props: ConversationDetailsProps) {
  const { common, problem } = useLabels();
  const { status } = useConnection();
  const [details, setDetails] = useState<Loaded>(null);
  const load = useCallback(() => {
    setDetails(null);
    loadDetails()
      .then(({ default: loaded }) => setDetails(() => loaded))
      .catch(() => setDetails('failed'));
  }, []);
  useEffect(load, [load]);
  const isOnline = status === 'online';
  const isFailed = details === 'failed';
  const wasOnline = useRef(isOnline);
  useEffect(() => {
    const cameBack = isOnline && !wasOnline.current;
    wasOnline.current = isOnline;
    if (cameBack && isFailed) load();
  }, [isOnline, isFailed, load]);
  if (details === null) return <Skeleton count={3} shape="rows" />;
  if (isFailed) {
    const close = <Button onClick={props.onClose}>{common.close}</Button>;
    if (!isOnline) {
      return (
        <LoadProblem error={fileIsAway} onRetry={load}>
          {close}
        </LoadProblem>
      );
    }
    // With a connection it is the file that is missing, as after a new version was published.
    return (
      <Notice hint={problem.fileMissing.hint} icon="alert" title={problem.fileMissing.title} tone="danger">
        <Button icon="retry" onClick={load}>
          {common.retry}
        </Button>
        {close}
      </Notice>
    );
  }
  const Details = details;
  return <Details {...props} />;
}
