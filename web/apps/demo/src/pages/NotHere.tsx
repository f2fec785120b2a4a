import { hrefs } from '../shop/route.ts';
import styles from './NotHere.module.css';

export function NotHere({ what }: { what: string }) {
  return (
    <div className={styles.nothing}>
      <h1 className={styles.title}>This {what} is not on the market</h1>
      <a className={styles.link} href={hrefs.products}>
        See all products
      </a>
    </div>
  );
}
