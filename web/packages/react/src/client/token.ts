import { HaggleError } from './errors.ts';
import { limits } from './limits.ts';
import { withTimeout } from './with-timeout.ts';

/** Keeps one good token at hand. */
export interface TokenSource {
  /** False when the page uses the session cookie: then there is never a token, and that is fine. */
  readonly usesTokens: boolean;
  /** A token with some life left, or null when nobody is signed in. One call to the page at a time. */
  get: () => Promise<string | null>;
  /** Tells that the server refused this token; the next `get` asks the page for another. */
  refuse: (token: string | null) => void;
}

interface Held {
  token: string | null;
  staleAt: number;
}

export function createTokenSource(
  getToken: (() => Promise<string | null>) | null,
  now: () => number,
  /** Called with each new token: it may be another user's. */
  arrived: (token: string | null) => void = () => {},
): TokenSource {
  let held: Held | null = null;
  let asking: Promise<string | null> | null = null;

  async function ask(page: () => Promise<string | null>): Promise<string | null> {
    const token = await withTimeout(page(), limits.tokenTimeoutMs, () => tokenError());
    held = { token, staleAt: staleAt(token, now()) };
    arrived(token);
    return token;
  }

  return {
    usesTokens: getToken !== null,
    get: async () => {
      if (getToken === null) return null;
      if (held !== null && now() < held.staleAt) return held.token;
      asking ??= ask(getToken).finally(() => {
        asking = null;
      });
      return asking;
    },
    refuse: (token) => {
      // A second request with the old token may be refused after the new one has arrived; that says nothing about it.
      if (held?.token === token) held = null;
    },
  };
}

/** Null and opaque tokens are asked for again after a while; the page may have signed in meanwhile. */
function staleAt(token: string | null, now: number): number {
  const expiresAt = token === null ? null : (readClaims(token)?.exp ?? null);
  if (expiresAt !== null) return expiresAt * 1000 - limits.tokenMarginMs;
  return now + (token === null ? 0 : limits.tokenMarginMs);
}

interface Claims {
  sub?: string;
  /** Seconds since 1970. */
  exp?: number;
}

/** Reads, without checking, what a token says; the server checks. Null when it is not a JWT. */
export function readClaims(token: string): Claims | null {
  const body = token.split('.')[1];
  if (body === undefined) return null;
  try {
    const bytes = Uint8Array.from(atob(body.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof claims !== 'object' || claims === null) return null;
    const { sub, exp } = claims as Record<string, unknown>;
    return {
      ...(typeof sub === 'string' && { sub }),
      ...(typeof exp === 'number' && { exp }),
    };
  } catch {
    return null;
  }
}

function tokenError(): HaggleError {
  return new HaggleError('timeout', 'The page did not give a token in time');
}
