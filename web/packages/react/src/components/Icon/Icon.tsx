import styles from './Icon.module.css';
import { type IconName, PATHS } from './paths.ts';

interface IconProps {
  name: IconName;
  size?: 16 | 20 | 24;
  /** Arrows and the like point the other way in right-to-left text. */
  directional?: boolean;
}

/** A drawing for the eye only; the control around it carries the name. */
export function Icon({ name, size = 20, directional = false }: IconProps) {
  return (
    <svg
      aria-hidden="true"
      className={styles.icon}
      data-directional={directional || undefined}
      fill="none"
      height={size}
      stroke="currentColor"
      strokeLinecap="round"
      strokeLinejoin="round"
      strokeWidth={1.75}
      viewBox="0 0 24 24"
      width={size}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
