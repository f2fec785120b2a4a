import type { Product } from '../shop/marketplace.ts';
import { hrefs } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import styles from './ProductTile.module.css';

export function ProductTile({ product }: { product: Product }) {
  const { supplierById } = useShop();
  return (
    <a className={styles.tile} href={hrefs.product(product.id)}>
      <img alt="" className={styles.picture} height="300" loading="lazy" src={product.image} width="400" />
      <span className={styles.body}>
        <span className={styles.name}>{product.name}</span>
        <span className={styles.supplier}>{supplierById(product.supplierId)?.name}</span>
        <span className={styles.price}>{product.price}</span>
        <span className={styles.least}>from {product.minimumOrder}</span>
      </span>
    </a>
  );
}
