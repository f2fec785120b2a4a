import type { ComponentProps } from 'react';
import { Icon } from '../Icon/Icon.tsx';
import type { IconName } from '../Icon/paths.ts';
import styles from './Button.module.css';

interface ButtonProps extends ComponentProps<'button'> {
  kind?: 'primary' | 'quiet' | 'danger';
  small?: boolean;
  icon?: IconName;
}

export function Button({
  kind = 'quiet',
  small = false,
  icon,
  children,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button {...rest} className={styles.button} data-kind={kind} data-small={small || undefined} type={type}>
      {icon && <Icon name={icon} size={16} />}
      {/* A translator takes a text that stands beside something else away from React. */}
      {icon ? <span>{children}</span> : children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  icon: IconName;
  /** What it does: its accessible name and, unless `title` says more, its tooltip. */
  label: string;
  kind?: 'plain' | 'primary';
  directional?: boolean;
}

export function IconButton({
  icon,
  label,
  kind = 'plain',
  directional = false,
  type = 'button',
  title = label,
  ...rest
}: IconButtonProps) {
  return (
    <button {...rest} aria-label={label} className={styles.icon} data-kind={kind} title={title} type={type}>
      <Icon directional={directional} name={icon} />
    </button>
  );
}
