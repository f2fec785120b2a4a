import type { QueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Me } from '../client/types.ts';

export interface HaggleProviderProps {
  /** Where the server is, without a slash at the end; same origin by default. */
  baseUrl?: string;
  /** Resolves to a signed token, or to null when nobody is signed in. Without it the session cookie counts. */
  getToken?: () => Promise<string | null>;
  /** Who is signed in, when the page knows it already; otherwise the token or the server tells. */
  user?: Me;
  /** By default the provider has its own, so that the page's defaults and Haggle's do not meet. */
  queryClient?: QueryClient;
  children: ReactNode;
}

export function HaggleProvider(_props: HaggleProviderProps): ReactNode {
  throw new Error('to be written');
}
