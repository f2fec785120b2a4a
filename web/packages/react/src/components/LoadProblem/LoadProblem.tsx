import type { ReactNode } from 'react';
import type { HaggleError } from '../../client/index.ts';
import { useConnection, useMe } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { Button } from '../Button/Button.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { wordsOf } from './words.ts';

interface LoadProblemProps {
  error: HaggleError | null;
  onRetry: () => void;
  /** What else one can do. */
  children?: ReactNode;
}

/** In the place of what could not be loaded: why, and what to do about it. */
export function LoadProblem({ error, onRetry, children }: LoadProblemProps) {
  const labels = useLabels();
  const format = useFormat();
  const { status } = useConnection();
  const isVisitor = useMe() === null && error?.kind === 'signed-out';
  const words = wordsOf(error, status === 'offline', labels, format);
  const { title, hint } = isVisitor ? labels.problem.notSignedIn : words;
  return (
    <Notice hint={hint} icon="alert" title={title} tone="danger">
      {words.mayRetry && (
        <Button icon="retry" onClick={onRetry}>
          {labels.common.retry}
        </Button>
      )}
      {children}
    </Notice>
  );
}
