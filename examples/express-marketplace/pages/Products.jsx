import { useEffect, useState } from 'react';
import { ask } from './api.js';
import { HaggleButton } from './HaggleButton.jsx';
import { go, Link } from './path.jsx';

const price = (cents) => (cents / 100).toLocaleString('en-IE', { style: 'currency', currency: 'EUR' });

export function Products() {
  const [products, setProducts] = useState([]);
  useEffect(() => {
    ask('/products').then(setProducts);
  }, []);
  return (
    <>
      <h1>Everything for the workshop</h1>
      <ul className="products">
        {products.map((product) => (
          <li key={product.id}>
            <Link to={`/products/${product.slug}`} className="card">
              <img src={product.images?.[0]} alt="" />
              <strong>{product.name}</strong>
              <span>{price(product.priceCents)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

export function Product({ slug, user, chat }) {
  const [product, setProduct] = useState(null);
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    ask(`/products/${slug}`).then(setProduct, (error) => setProblem(error.message));
  }, [slug]);
  if (problem) return <p role="alert">{problem}</p>;
  if (!product) return null;

  async function askAboutIt() {
    const { id } = await ask('/conversations', { json: { productId: product.id } });
    go(`/messages/${id}`);
  }

  return (
    <article className="card product">
      <img src={product.images?.[0]} alt="" />
      <div>
        <h1>{product.name}</h1>
        <p>{product.description}</p>
        <p className="price">{price(product.priceCents)}</p>
        {!user && <p>Log in to ask about it.</p>}
        {user?.role === 'buyer' && chat !== 'haggle' && (
          <button type="button" onClick={askAboutIt}>
            Ask about this
          </button>
        )}
      </div>
      {user && chat !== 'old' && <HaggleButton product={user.role === 'buyer' ? product : null} />}
    </article>
  );
}
