import { ReportsPage as Reports } from '@haggle/react';
import { go, hrefs } from '../shop/route.ts';
import styles from './QuotationsPage.module.css';

/** What people have reported, for the market's administrators. */
export function ReportsPage() {
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Reports</h1>
      <Reports className={styles.part} onOpen={(id) => go(hrefs.messages(id))} />
    </div>
  );
}
