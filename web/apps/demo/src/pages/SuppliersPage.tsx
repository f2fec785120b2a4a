import { SupplierCard } from '../parts/SupplierCard.tsx';
import { useShop } from '../shop/ShopContext.tsx';
import styles from './SuppliersPage.module.css';

export function SuppliersPage() {
  const { suppliers, products } = useShop();
  return (
    <div className={styles.page}>
      <h1 className={styles.title}>Suppliers</h1>
      <ul className={styles.list}>
        {suppliers.map((supplier) => (
          <li className={styles.supplier} key={supplier.id}>
            <SupplierCard supplier={supplier} />
            <p className={styles.about}>{supplier.about}</p>
            <ul aria-label={`Products of ${supplier.name}`} className={styles.pictures}>
              {products
                .filter((product) => product.supplierId === supplier.id)
                .slice(0, 4)
                .map((product) => (
                  <li key={product.id}>
                    <img alt={product.name} className={styles.picture} loading="lazy" src={product.image} />
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </div>
  );
}
