import type { Product } from '../shop/marketplace.ts';
import styles from './ProductGrid.module.css';
import { ProductTile } from './ProductTile.tsx';

export function ProductGrid({ products }: { products: readonly Product[] }) {
  return (
    <ul className={styles.grid}>
      {products.map((product) => (
        <li key={product.id}>
          <ProductTile product={product} />
        </li>
      ))}
    </ul>
  );
}
