import { ChatWidget, Signals } from '@haggle/react';
import { type ReactNode, useEffect, useRef } from 'react';
import { MessagesPage } from '../pages/MessagesPage.tsx';
import { ProductPage } from '../pages/ProductPage.tsx';
import { ProductsPage } from '../pages/ProductsPage.tsx';
import { QuotationsPage } from '../pages/QuotationsPage.tsx';
import { ReportsPage } from '../pages/ReportsPage.tsx';
import { RequestsPage } from '../pages/RequestsPage.tsx';
import { SupplierPage } from '../pages/SupplierPage.tsx';
import { SuppliersPage } from '../pages/SuppliersPage.tsx';
import { go, hrefs, type Route, useRoute } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import { Header } from './Header.tsx';
import styles from './Shell.module.css';
import { useWidget } from './use-widget.ts';

export function Shell() {
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const where = `${route.page} ${'id' in route && route.page !== 'messages' ? route.id : ''}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page begins at its top
  useEffect(() => {
    main.current?.scrollTo(0, 0);
  }, [where]);
  return (
    <div className={styles.shell}>
      <Header page={route.page} />
      <main className={styles.main} data-page={route.page} ref={main} tabIndex={-1}>
        {pageOf(route)}
      </main>
      <Signals onOpen={(id) => go(hrefs.messages(id))} />
      {route.page !== 'messages' && <Widget route={route} />}
    </div>
  );
}

function pageOf(route: Route): ReactNode {
  switch (route.page) {
    case 'products':
      return <ProductsPage />;
    case 'product':
      return <ProductPage id={route.id} />;
    case 'suppliers':
      return <SuppliersPage />;
    case 'supplier':
      return <SupplierPage id={route.id} />;
    case 'requests':
      return <RequestsPage />;
    case 'quotations':
      return <QuotationsPage />;
    case 'reports':
      return <ReportsPage />;
    case 'messages':
      return <MessagesPage id={route.id} />;
  }
}

/** On a product page the widget is about that product. */
function Widget({ route }: { route: Route }) {
  const { me } = useShop();
  const widget = useWidget(route);
  return (
    <ChatWidget
      key={me.id}
      onOpenChange={widget.setOpen}
      open={widget.isOpen}
      product={me.role === 'buyer' ? widget.product : undefined}
    />
  );
}
