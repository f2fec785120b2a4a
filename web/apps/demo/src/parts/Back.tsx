import styles from './Back.module.css';

/** To the page above, at the top of a page. */
export function Back({ href, children }: { href: string; children: string }) {
  return (
    <a className={styles.back} href={href}>
      {children}
    </a>
  );
}
