import { useSyncExternalStore } from 'react';
import { read, sessionStorageOf, write } from './storage.ts';

export interface Session {
  userId: string;
  role: 'buyer' | 'supplier' | 'admin';
  token: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/*
 * One person per tab: the token lives in sessionStorage, so two windows can be two people. A link with ?as=ID logs in
 * as that person.
 */
const KEY = 'quayside:session';
const MARGIN_MS = 60_000;
const listeners = new Set<() => void>();
let current: Session | null = stored();

export async function logIn(userId: string): Promise<Session> {
  const answer = await fetch('api/demo/login', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId }),
  });
  if (!answer.ok) throw new Error(`The login answered ${answer.status}.`);
  const { token, expiresAt, user } = (await answer.json()) as LoginAnswer;
  const session = { userId: user.id, role: user.role, token, expiresAt: new Date(expiresAt).getTime() };
  set(session);
  return session;
}

interface LoginAnswer {
  token: string;
  expiresAt: string;
  user: { id: string; role: Session['role'] };
}

export function logOut(): void {
  set(null);
}

/** A token that is good for a while yet, for `HaggleProvider`. */
export async function getToken(): Promise<string | null> {
  if (!current) return null;
  if (current.expiresAt - Date.now() > MARGIN_MS) return current.token;
  return (await logIn(current.userId)).token;
}

export function useSession(): Session | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

function set(session: Session | null): void {
  current = session;
  write(sessionStorageOf, KEY, session && JSON.stringify(session));
  for (const listener of listeners) listener();
}

function stored(): Session | null {
  const text = read(sessionStorageOf, KEY);
  return text ? (JSON.parse(text) as Session) : null;
}
