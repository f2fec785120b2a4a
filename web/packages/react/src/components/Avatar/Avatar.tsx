import { forwardRef, useState } from 'react';
import { avatarColour, initials } from '../../theme/avatar.ts';
import { classes, type RootProps } from '../root-props.ts';
import styles from './Avatar.module.css';

export interface AvatarProps extends RootProps {
  id: string;
  name: string;
  image?: string | null | undefined;
  size?: 'sm' | 'md' | 'lg';
  /** A dot when true; nothing is said when it is not known. */
  online?: boolean;
}

/** The person's picture, or their initials on a colour that is always theirs. Decorative: the name stands beside it. */
export const Avatar = forwardRef<HTMLSpanElement, AvatarProps>(function Avatar(
  { id, name, image, size = 'md', online = false, className },
  ref,
) {
  const [broken, setBroken] = useState<string | null>(null);
  const shown = image && image !== broken ? image : null;
  return (
    <span
      aria-hidden="true"
      className={classes(styles.avatar, className)}
      data-colour={avatarColour(id)}
      data-size={size}
      ref={ref}
    >
      {shown ? (
        <img alt="" className={styles.image} onError={() => setBroken(shown)} src={shown} />
      ) : (
        <span className={styles.initials}>{initials(name)}</span>
      )}
      {online && <span className={styles.online} />}
    </span>
  );
});
