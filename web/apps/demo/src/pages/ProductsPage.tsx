import { useState } from 'react';
import { ProductGrid } from '../parts/ProductGrid.tsx';
import { useShop } from '../shop/ShopContext.tsx';
import styles from './ProductsPage.module.css';

export function ProductsPage() {
  const { products, suppliers, supplierById } = useShop();
  const [category, setCategory] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const categories = [...new Set(products.map((product) => product.category))];
  const wanted = words.trim().toLowerCase();
  const shown = products.filter(
    (product) =>
      (category === null || product.category === category) &&
      `${product.name} ${product.origin} ${supplierById(product.supplierId)?.name}`
        .toLowerCase()
        .includes(wanted),
  );
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{category ?? 'Products'}</h1>
          <p className={styles.count}>
            {shown.length} products, {suppliers.length} suppliers on the market
          </p>
        </div>
        <input
          aria-label="Search products, suppliers, countries"
          className={styles.search}
          onChange={(event) => setWords(event.target.value)}
          placeholder="Search products, suppliers, countries"
          type="search"
          value={words}
        />
      </header>
      <div className={styles.columns}>
        <nav aria-label="Categories" className={styles.categories}>
          {[null, ...categories].map((each) => (
            <button
              aria-pressed={each === category}
              className={styles.category}
              key={each ?? 'all'}
              onClick={() => setCategory(each)}
              type="button"
            >
              {each ?? 'All products'}
            </button>
          ))}
        </nav>
        {shown.length > 0 ? (
          <ProductGrid products={shown} />
        ) : (
          <p className={styles.none}>
            Nothing matches. Check the spelling, or try fewer words or another category.
          </p>
        )}
      </div>
    </div>
  );
}
