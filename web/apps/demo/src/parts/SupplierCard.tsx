import { avatarOf, type Supplier } from '../shop/marketplace.ts';
import { hrefs } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import styles from './SupplierCard.module.css';

export function SupplierCard({ supplier }: { supplier: Supplier }) {
  const { personById } = useShop();
  const person = personById(supplier.userId);
  return (
    <a className={styles.card} href={hrefs.supplier(supplier.id)}>
      <img alt="" className={styles.avatar} loading="lazy" src={avatarOf(supplier.userId)} />
      <span className={styles.body}>
        <span className={styles.name}>{supplier.name}</span>
        <span className={styles.place}>
          {supplier.city}, {supplier.country}
          {person && ` · ${person.name}, ${person.title}`}
        </span>
      </span>
    </a>
  );
}
