import { useSyncExternalStore } from 'react';

export type Route =
  | { page: 'products' }
  | { page: 'product'; id: string }
  | { page: 'suppliers' }
  | { page: 'supplier'; id: string }
  | { page: 'requests' }
  | { page: 'quotations' }
  | { page: 'reports' }
  | { page: 'messages'; id: string | null };

/** Pages live behind the #, so that any server can serve them from one file. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(
    (listener) => {
      window.addEventListener('hashchange', listener);
      return () => window.removeEventListener('hashchange', listener);
    },
    () => location.hash,
  );
  return routeOf(hash);
}

function routeOf(hash: string): Route {
  const [page = '', id] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  if (page === 'products' && id) return { page: 'product', id };
  if (page === 'suppliers') return id ? { page: 'supplier', id } : { page: 'suppliers' };
  if (page === 'requests' || page === 'quotations' || page === 'reports') return { page };
  if (page === 'messages') return { page: 'messages', id: id ?? null };
  return { page: 'products' };
}

/** An address that somebody typed or cut off may be no escape at all; then it names nothing that is there. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const hrefs = {
  products: '#/products',
  product: (id: string) => `#/products/${encodeURIComponent(id)}`,
  suppliers: '#/suppliers',
  supplier: (id: string) => `#/suppliers/${encodeURIComponent(id)}`,
  requests: '#/requests',
  quotations: '#/quotations',
  reports: '#/reports',
  messages: (id?: string | null) => (id ? `#/messages/${encodeURIComponent(id)}` : '#/messages'),
};

export function go(href: string): void {
  location.hash = href;
}
