import { useLimits } from '@haggle/react';
import type { Rfq } from '../shop/marketplace.ts';
import { hrefs } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import { RequestCard } from './RequestCard.tsx';
import styles from './RequestsPage.module.css';

/** What buyers are looking for. A supplier answers in the chat. */
export function RequestsPage() {
  const { rfqs, me } = useShop();
  const { offers } = useLimits();
  const mine = rfqs.filter((rfq) => rfq.buyerId === me.id);
  const others = rfqs.filter((rfq) => rfq.buyerId !== me.id);
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Requests for quotation</h1>
      <p className={styles.hint}>
        {me.role === 'supplier'
          ? 'What buyers are looking for now. Make an offer and talk about it right away.'
          : 'What buyers on the market are looking for now.'}
      </p>
      {me.role === 'buyer' && offers && (
        <a className={styles.quotations} href={hrefs.quotations}>
          Ask suppliers and compare their offers
        </a>
      )}
      {mine.length > 0 && <Requests rfqs={mine} title="Yours" />}
      <Requests rfqs={others} title={mine.length > 0 ? 'Of other buyers' : 'All requests'} />
    </div>
  );
}

function Requests({ rfqs, title }: { rfqs: readonly Rfq[]; title: string }) {
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{title}</h2>
      <ul className={styles.list}>
        {rfqs.map((rfq) => (
          <li key={rfq.id}>
            <RequestCard rfq={rfq} />
          </li>
        ))}
      </ul>
    </section>
  );
}
