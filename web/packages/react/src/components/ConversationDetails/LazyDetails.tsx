import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { HaggleError } from '../../client/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import type { ConversationDetailsProps } from './ConversationDetails.tsx';

const fileIsAway = new HaggleError('network', 'A file of the page could not be loaded');

type Loaded = ComponentType<ConversationDetailsProps> | 'failed' | null;

/**
 * The details, loaded when they are first opened. Not React's `lazy`: without a connection, or after a new version was
 * published, the file is not there, and that must not take the whole page down.
 */
export function LazyDetails(props: ConversationDetailsProps) {
  const { common } = useLabels();
  const [details, setDetails] = useState<Loaded>(null);
  const load = useCallback(() => {
    setDetails(null);
    import('./ConversationDetails.tsx').then(
      (file) => setDetails(() => file.default),
      () => setDetails('failed'),
    );
  }, []);
  useEffect(load, [load]);
  if (details === null) return <Skeleton count={3} shape="rows" />;
  if (details === 'failed') {
    return (
      <LoadProblem error={fileIsAway} onRetry={load}>
        <Button onClick={props.onClose}>{common.close}</Button>
      </LoadProblem>
    );
  }
  const Details = details;
  return <Details {...props} />;
}
