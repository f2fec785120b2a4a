import { useEffect } from 'react';

/**
 * Haggle's script tag, for as long as this is on the page: the button in the corner with the visitor's conversations, or about one
 * product. Who the visitor is, Haggle reads from the shop's own session.
 */
export function HaggleButton({ product = null }) {
  useEffect(() => {
    const script = document.createElement('script');
    script.src = '/widget.js';
    if (product) {
      script.dataset.productId = product.id;
      script.dataset.productName = product.name;
      if (product.images?.[0]) script.dataset.productImage = product.images[0];
    }
    document.body.append(script);
    let isGone = false;
    // It may load after the visitor has gone to another page.
    script.addEventListener('load', () => isGone && window.Haggle.destroy());
    return () => {
      isGone = true;
      script.remove();
      window.Haggle?.destroy();
      delete window.Haggle;
    };
  }, [product]);
  return null;
}
