import type { ReactNode } from 'react';
import { assertNever } from '../../client/assert-never.ts';
import { type Format, type Labels, useFormat, useLabels } from '../../labels/index.ts';
import { Icon } from '../Icon/Icon.tsx';
import type { IconName } from '../Icon/paths.ts';
import type { Blocker } from './blocker.ts';
import styles from './Composer.module.css';

interface ComposerHintsProps {
  id: string;
  blocker: Blocker | null;
  /** Characters left, when the end is near. */
  left: number | null;
  /** The browser stores nothing of what is written here. */
  isUnkept: boolean;
  /** How often somebody has tried to send in vain: each time it is said again. */
  asked: number;
  /** What one can do at once. */
  children?: ReactNode;
}

/** What stands in the way of sending, or how sending works. */
export function ComposerHints({ id, blocker, left, isUnkept, asked, children }: ComposerHintsProps) {
  const { composer } = useLabels();
  const format = useFormat();
  const problem = blocker && wordsOf(blocker, composer, format);
  if (problem) {
    const role = blocker?.kind === 'limited' ? 'timer' : asked > 0 ? 'alert' : undefined;
    return (
      <p className={styles.hints} data-tone={problem.tone} id={id} key={asked} role={role}>
        <Icon name={problem.icon} size={16} />
        <span>{problem.text}</span>
        {children}
      </p>
    );
  }
  if (isUnkept) {
    return (
      <p className={styles.hints} data-tone="warning" id={id}>
        <Icon name="alert" size={16} />
        <span>{composer.notKept}</span>
      </p>
    );
  }
  return (
    <p className={styles.hints} data-tone={left === null ? 'calm' : undefined} id={id}>
      {left === null ? composer.keys : composer.remaining(left)}
    </p>
  );
}

interface Words {
  text: string;
  icon: IconName;
  tone: 'warning' | 'danger';
}

function wordsOf(blocker: Blocker, words: Labels['composer'], format: Format): Words | null {
  switch (blocker.kind) {
    case 'limited':
      return { text: words.limited(format.duration(blocker.seconds * 1000)), icon: 'clock', tone: 'warning' };
    case 'too-long':
      return { text: words.tooLong(blocker.over), icon: 'alert', tone: 'danger' };
    case 'refused':
      return { text: words.filesRefused(blocker.count), icon: 'alert', tone: 'danger' };
    case 'failed':
      return { text: words.filesFailed(blocker.count), icon: 'alert', tone: 'danger' };
    case 'uploading':
      return { text: words.stillUploading(blocker.count), icon: 'clock', tone: 'warning' };
    case 'busy':
    case 'empty':
      return null;
    default:
      return assertNever(blocker);
  }
}
