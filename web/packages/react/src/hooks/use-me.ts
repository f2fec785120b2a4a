import type { Me } from '../client/types.ts';

/** Who is signed in; null until the token or the server has said so. */
export function useMe(): Me | null {
  throw new Error('to be written');
}
