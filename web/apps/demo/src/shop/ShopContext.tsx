import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import type { Marketplace, Person, Product, Supplier } from './marketplace.ts';

interface Shop extends Marketplace {
  me: Person;
  /** The product that the chat widget is about, and whether it is open. */
  asked: Product | null;
  ask: (product: Product | null) => void;
  productById: (id: string) => Product | undefined;
  supplierById: (id: string) => Supplier | undefined;
  personById: (id: string) => Person | undefined;
}

const ShopContext = createContext<Shop | null>(null);

interface ShopProviderProps {
  marketplace: Marketplace;
  me: Person;
  children: ReactNode;
}

export function ShopProvider({ marketplace, me, children }: ShopProviderProps) {
  const [asked, ask] = useState<Product | null>(null);
  const shop = useMemo<Shop>(
    () => ({
      ...marketplace,
      me,
      asked,
      ask,
      productById: (id) => marketplace.products.find((product) => product.id === id),
      supplierById: (id) => marketplace.suppliers.find((supplier) => supplier.id === id),
      personById: (id) => marketplace.people.find((person) => person.id === id),
    }),
    [marketplace, me, asked],
  );
  return <ShopContext.Provider value={shop}>{children}</ShopContext.Provider>;
}

export function useShop(): Shop {
  const shop = useContext(ShopContext);
  if (!shop) throw new Error('useShop needs a ShopProvider above it.');
  return shop;
}
