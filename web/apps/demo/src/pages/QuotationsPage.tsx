import { RequestAnswers, RequestQuotation, useLimits, useSearch } from '@haggle/react';
import { useState } from 'react';
import { go, hrefs } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import { localStorageOf, read, write } from '../shop/storage.ts';
import styles from './QuotationsPage.module.css';

/** A buyer asks several suppliers for an offer, and compares what they answer. */
export function QuotationsPage() {
  const { suppliers, me } = useShop();
  const { offers } = useLimits();
  const [ids, add] = useRequestIds(me.id);
  const [isAsking, setAsking] = useState(false);
  if (!offers) return null;
  const asked = suppliers.map(({ userId, name }) => ({ id: userId, name }));
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1 className={styles.title}>Your quotations</h1>
        <button
          aria-expanded={isAsking}
          className={styles.button}
          onClick={() => setAsking(!isAsking)}
          type="button"
        >
          Ask suppliers
        </button>
      </header>
      {isAsking && (
        <section aria-label="New request" className={styles.card}>
          <RequestQuotation
            onSent={({ id }) => {
              add(id);
              setAsking(false);
            }}
            suppliers={asked}
          />
        </section>
      )}
      {ids.length === 0 && !isAsking && (
        <p className={styles.hint}>Ask several suppliers at once. Their offers stand here side by side.</p>
      )}
      {ids.map((id) => (
        <section aria-label="Request" className={styles.card} key={id}>
          <RequestAnswers onOpen={(conversation) => go(hrefs.messages(conversation))} requestId={id} />
        </section>
      ))}
    </div>
  );
}

/** The words that every request begins with. */
const WORDS = 'Request for quotation';

/**
 * A market of its own keeps the requests of its buyers. The demo has no place for them but this browser, and finds the
 * others by their messages.
 */
function useRequestIds(personId: string): [ids: readonly string[], add: (id: string) => void] {
  const key = `quotations ${personId}`;
  const [sent, setSent] = useState(() => read(localStorageOf, key)?.split(' ') ?? []);
  const { results } = useSearch(WORDS);
  const found = results.flatMap(({ message }) =>
    message.request && message.senderId === personId ? [message.request.id] : [],
  );
  const add = (id: string) => {
    const next = [id, ...sent];
    setSent(next);
    write(localStorageOf, key, next.join(' '));
  };
  return [[...new Set([...sent, ...found])], add];
}
