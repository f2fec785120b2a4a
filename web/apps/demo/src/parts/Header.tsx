import { UnreadBadge, useUnreadCount } from '@haggle/react';
import type { ReactNode } from 'react';
import { hrefs, type Route } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import styles from './Header.module.css';
import { Mark } from './Mark.tsx';
import { PersonMenu } from './PersonMenu.tsx';

export function Header({ page }: { page: Route['page'] }) {
  const { name, me } = useShop();
  const unread = useUnreadCount();
  const is = (...pages: Route['page'][]) => pages.includes(page);
  return (
    <header className={styles.header}>
      <a className={styles.brand} href={hrefs.products}>
        <Mark />
        <span className={styles.name}>{name}</span>
      </a>
      <nav aria-label="Market" className={styles.nav}>
        <NavLink href={hrefs.products} isHere={is('products', 'product')}>
          Products
        </NavLink>
        <NavLink href={hrefs.suppliers} isHere={is('suppliers', 'supplier')}>
          Suppliers
        </NavLink>
        {me.role === 'admin' ? (
          <NavLink href={hrefs.reports} isHere={is('reports')}>
            Reports
          </NavLink>
        ) : (
          <NavLink href={hrefs.requests} isHere={is('requests', 'quotations')}>
            Requests
          </NavLink>
        )}
        <NavLink href={hrefs.messages()} isHere={is('messages')}>
          Messages <UnreadBadge count={unread} />
        </NavLink>
      </nav>
      <PersonMenu />
    </header>
  );
}

interface NavLinkProps {
  href: string;
  isHere: boolean;
  children: ReactNode;
}

function NavLink({ href, isHere, children }: NavLinkProps) {
  return (
    <a aria-current={isHere ? 'page' : undefined} className={styles.link} href={href}>
      {children}
    </a>
  );
}
