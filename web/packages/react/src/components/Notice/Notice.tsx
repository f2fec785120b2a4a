import type { ReactNode } from 'react';
import { Icon } from '../Icon/Icon.tsx';
import type { IconName } from '../Icon/paths.ts';
import styles from './Notice.module.css';

interface NoticeProps {
  icon: IconName;
  title: string;
  hint?: string;
  tone?: 'calm' | 'danger';
  /** What one can do about it. */
  children?: ReactNode;
}

/** A place with nothing in it, or that failed: says what it is and what to do next. */
export function Notice({ icon, title, hint, tone = 'calm', children }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'danger' ? 'alert' : undefined}>
      <span className={styles.picture}>
        <Icon name={icon} size={24} />
      </span>
      <p className={styles.title}>{title}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  );
}
