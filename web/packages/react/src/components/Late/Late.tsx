import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { HaggleError } from '../../client/index.ts';
import { limits } from '../../client/limits.ts';
import { withTimeout } from '../../client/with-timeout.ts';
import { useLabels } from '../../labels/index.ts';
import { tellProblem } from '../Told/told.ts';

const fileIsAway = new HaggleError('network', 'A file of the page could not be loaded');

interface LatePart<Props> {
  load: () => Promise<{ default: ComponentType<Props> }>;
  loaded: ComponentType<Props> | null;
}

/** A component in a file of its own. */
export function latePart<Props>(load: LatePart<Props>['load']): LatePart<Props> {
  return { load, loaded: null };
}

/** Loads it before anybody asks for it; when that fails, whoever asks tries again. */
export function loadAhead<Props>(part: LatePart<Props>): void {
  part.load().then(
    (module) => {
      part.loaded = module.default;
    },
    () => undefined,
  );
}

interface LateProps<Props> {
  part: LatePart<Props>;
  props: Props;
  /** It cannot be had. */
  onFail: () => void;
  /** In its place until it is there. */
  children?: ReactNode;
}

/**
 * Shows a part, which is loaded when it is first shown. Not React's `lazy`: without a connection, or after a new version was
 * published, the file is not there; then it says so, and the next time it is tried again.
 */
export function Late<Props extends object>({ part, props, onFail, children }: LateProps<Props>): ReactNode {
  const { problem } = useLabels();
  const [Shown, setShown] = useState<ComponentType<Props> | null>(() => part.loaded);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is loaded once
  useEffect(() => {
    if (Shown !== null) return;
    let isGone = false;
    withTimeout(part.load(), limits.requestTimeoutMs, () => fileIsAway).then(
      (module) => {
        part.loaded = module.default;
        if (!isGone) setShown(() => module.default);
      },
      () => {
        if (isGone) return;
        tellProblem(`${problem.fileMissing.title}. ${problem.fileMissing.hint}`);
        onFail();
      },
    );
    return () => {
      isGone = true;
    };
  }, []);
  return Shown === null ? children : <Shown {...props} />;
}
