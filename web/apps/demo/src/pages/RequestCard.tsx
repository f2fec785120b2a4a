import { useOpenConversation } from '@haggle/react';
import { useState } from 'react';
import { avatarOf, type Rfq } from '../shop/marketplace.ts';
import { go, hrefs } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import styles from './RequestsPage.module.css';

export function RequestCard({ rfq }: { rfq: Rfq }) {
  const { personById } = useShop();
  const buyer = personById(rfq.buyerId);
  const facts = [
    ['Quantity', rfq.quantity],
    ['Target price', rfq.targetPrice],
    ['Delivery', `${rfq.incoterm} ${rfq.destination}`],
    ['Offers until', `${rfq.dueInDays} days from now`],
  ] as const;
  return (
    <article className={styles.card}>
      <header className={styles.head}>
        <h3 className={styles.product}>{rfq.productName}</h3>
        <span className={styles.status} data-status={rfq.status}>
          {rfq.status}
        </span>
      </header>
      <dl className={styles.facts}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>{rfq.note}</p>
      <footer className={styles.foot}>
        {buyer && (
          <>
            <img alt="" className={styles.avatar} loading="lazy" src={avatarOf(buyer.id)} />
            <span className={styles.buyer}>
              {buyer.name}, {buyer.company}
            </span>
          </>
        )}
        <Offer rfq={rfq} />
      </footer>
    </article>
  );
}

/** A supplier's way from a request into the conversation with its buyer. */
function Offer({ rfq }: { rfq: Rfq }) {
  const { me } = useShop();
  const { open, isPending } = useOpenConversation();
  const [failed, setFailed] = useState(false);
  if (me.role !== 'supplier' || rfq.status !== 'open') return null;
  const offer = () => {
    setFailed(false);
    open({ buyerId: rfq.buyerId })
      .then(({ id }) => go(hrefs.messages(id)))
      .catch(() => setFailed(true));
  };
  return (
    <>
      {failed && <span role="alert">That did not work.</span>}
      <button className={styles.offer} disabled={isPending} onClick={offer} type="button">
        Make an offer
      </button>
    </>
  );
}
