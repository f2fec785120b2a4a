import { Back } from '../parts/Back.tsx';
import { ProductGrid } from '../parts/ProductGrid.tsx';
import { avatarOf } from '../shop/marketplace.ts';
import { hrefs } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import { NotHere } from './NotHere.tsx';
import styles from './SupplierPage.module.css';

export function SupplierPage({ id }: { id: string }) {
  const { supplierById, personById, products } = useShop();
  const supplier = supplierById(id);
  if (!supplier) return <NotHere what="supplier" />;
  const person = personById(supplier.userId);
  return (
    <div className={styles.page}>
      <Back href={hrefs.suppliers}>Suppliers</Back>
      <header className={styles.head}>
        <img alt="" className={styles.avatar} src={avatarOf(supplier.userId)} />
        <div>
          <h1 className={styles.name}>{supplier.name}</h1>
          <p className={styles.place}>
            {supplier.city}, {supplier.country}
          </p>
          {person && (
            <p className={styles.place}>
              {person.name}, {person.title}
            </p>
          )}
        </div>
      </header>
      <p className={styles.about}>{supplier.about}</p>
      <h2 className={styles.heading}>Products</h2>
      <ProductGrid products={products.filter((product) => product.supplierId === id)} />
    </div>
  );
}
