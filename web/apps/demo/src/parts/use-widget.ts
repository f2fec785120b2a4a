import type { WidgetProduct } from '@haggle/react';
import { useMemo, useState } from 'react';
import type { Route } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';

interface Widget {
  isOpen: boolean;
  setOpen: (open: boolean) => void;
  product: WidgetProduct | undefined;
}

/** Open when somebody asked about a product, or pressed the round button. */
export function useWidget(route: Route): Widget {
  const { asked, ask, productById, supplierById } = useShop();
  const [isOpen, setOpen] = useState(false);
  const shown = asked ?? (route.page === 'product' ? productById(route.id) : undefined);
  const supplier = shown && supplierById(shown.supplierId);
  const product = useMemo(
    () =>
      shown &&
      supplier && {
        id: shown.id,
        name: shown.name,
        image: shown.image,
        supplierId: supplier.id,
        supplierName: supplier.name,
      },
    [shown, supplier],
  );
  const change = (open: boolean) => {
    setOpen(open);
    if (!open) ask(null);
  };
  return { isOpen: isOpen || asked !== null, setOpen: change, product };
}
