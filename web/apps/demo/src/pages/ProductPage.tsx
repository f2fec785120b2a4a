import { Back } from '../parts/Back.tsx';
import { ProductGrid } from '../parts/ProductGrid.tsx';
import { SupplierCard } from '../parts/SupplierCard.tsx';
import { hrefs } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import { NotHere } from './NotHere.tsx';
import styles from './ProductPage.module.css';

export function ProductPage({ id }: { id: string }) {
  const { productById, supplierById, products, me, ask } = useShop();
  const product = productById(id);
  const supplier = product && supplierById(product.supplierId);
  if (!product || !supplier) return <NotHere what="product" />;
  const others = products.filter((each) => each.supplierId === supplier.id && each.id !== id);
  const facts = [
    ['Minimum order', product.minimumOrder],
    ['Lead time', product.leadTime],
    ['Origin', product.origin],
    ['Category', product.category],
  ] as const;
  return (
    <div className={styles.page}>
      <Back href={hrefs.products}>Products</Back>
      <div className={styles.columns}>
        <img alt={product.name} className={styles.picture} height="600" src={product.image} width="800" />
        <div className={styles.about}>
          <h1 className={styles.name}>{product.name}</h1>
          <p className={styles.price}>{product.price}</p>
          <p>{product.description}</p>
          <dl className={styles.facts}>
            {facts.map(([term, value]) => (
              <div className={styles.fact} key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {me.role === 'buyer' && (
            <button className={styles.ask} onClick={() => ask(product)} type="button">
              Ask {supplier.name}
            </button>
          )}
          <SupplierCard supplier={supplier} />
        </div>
      </div>
      {others.length > 0 && (
        <section className={styles.more}>
          <h2 className={styles.heading}>More from {supplier.name}</h2>
          <ProductGrid products={others} />
        </section>
      )}
    </div>
  );
}
