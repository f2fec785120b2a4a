import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { english } from '../labels/en.ts';
import type { Labels } from '../labels/labels.ts';

/** What only the host page knows, and every component may need. */
export interface AppearanceValue {
  labels: Labels;
  /** A person's picture; without one they get their initials on a colour. */
  avatarOf: (userId: string) => string | null;
  /** The company that a person works for, if the server knows none or another one. */
  companyOf: (userId: string) => string | null;
  /** The address of a product's page; without one product names are not links. */
  productHref: (productId: string) => string | null;
  /** The address that opens a message; without one it is the page's own, with `?conversation=…&message=…`. */
  messageHref: (conversationId: string, messageId: string) => string | null;
  /** The address of the kit's service worker on this site; with it notifications reach a browser without an open page. */
  pushWorker: string | null;
}

const none = () => null;
const AppearanceContext = createContext<AppearanceValue>({
  labels: english,
  avatarOf: none,
  companyOf: none,
  productHref: none,
  messageHref: none,
  pushWorker: null,
});

/** Words, pictures and links of the components below. Give stable functions. */
export function Appearance({ children, ...given }: Partial<AppearanceValue> & { children: ReactNode }) {
  const above = useContext(AppearanceContext);
  const labels = given.labels ?? above.labels;
  const avatarOf = given.avatarOf ?? above.avatarOf;
  const companyOf = given.companyOf ?? above.companyOf;
  const productHref = given.productHref ?? above.productHref;
  const pushWorker = given.pushWorker ?? above.pushWorker;
  const messageHref = given.messageHref ?? above.messageHref;
  const value = useMemo(
    () => ({ labels, avatarOf, companyOf, productHref, messageHref, pushWorker }),
    [labels, avatarOf, companyOf, productHref, messageHref, pushWorker],
  );
  return <AppearanceContext.Provider value={value}>{children}</AppearanceContext.Provider>;
}

export function useAppearance(): AppearanceValue {
  return useContext(AppearanceContext);
}
