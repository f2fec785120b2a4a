import { useSyncExternalStore } from 'react';

/** The address is the page: /, /products/slug, /messages/id … */
export const usePath = () => useSyncExternalStore(listen, () => location.pathname);

function listen(onChange) {
  window.addEventListener('popstate', onChange);
  return () => window.removeEventListener('popstate', onChange);
}

export function go(path) {
  history.pushState(null, '', path);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

export function Link({ to, className, children }) {
  const isHere = usePath() === to;
  const onClick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} className={className} onClick={onClick} aria-current={isHere ? 'page' : undefined}>
      {children}
    </a>
  );
}
