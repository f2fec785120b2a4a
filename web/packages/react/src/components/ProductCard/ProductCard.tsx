import { useState } from 'react';
import type { Product } from '../../client/index.ts';
import { useLabels } from '../../labels/index.ts';
import { useAppearance } from '../../theme/index.ts';
import { Icon } from '../Icon/Icon.tsx';
import styles from './ProductCard.module.css';

/** What the conversation is about. */
export function ProductCard({ product }: { product: Product }) {
  const { thread } = useLabels();
  const { productHref } = useAppearance();
  const [broken, setBroken] = useState<string | null>(null);
  const href = productHref(product.id);
  const image = product.image && product.image !== broken ? product.image : null;
  return (
    <div className={styles.card}>
      {image ? (
        <img alt="" className={styles.image} onError={() => setBroken(image)} src={image} />
      ) : (
        <span className={styles.image}>
          <Icon name="box" />
        </span>
      )}
      <span className={styles.about}>
        <span className={styles.kind}>{thread.product}</span>
        <bdi className={styles.name} title={product.name}>
          {product.name}
        </bdi>
      </span>
      {href && (
        <a className={styles.link} href={href}>
          {thread.viewProduct}
        </a>
      )}
    </div>
  );
}
