// @vitest-environment node
import { expect, it, vi } from 'vitest';
import { limits } from './limits.ts';
import { createTokenSource, readClaims } from './token.ts';

const jwt = (claims: object) => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

it('keeps a token until shortly before its end', async () => {
  let now = 0;
  const page = vi.fn(async () => jwt({ sub: 'bea', exp: (now + 3_600_000) / 1000 }));
  const tokens = createTokenSource(page, () => now);
  await tokens.get();
  now = 3_600_000 - limits.tokenMarginMs - 1;
  await tokens.get();
  expect(page).toHaveBeenCalledTimes(1);
  now += 1;
  await tokens.get();
  expect(page).toHaveBeenCalledTimes(2);
});

it('asks again after a refusal, unless the refused token is not the one it has', async () => {
  let count = 0;
  const tokens = createTokenSource(
    async () => {
      count += 1;
      return `token-${count}`;
    },
    () => 0,
  );
  const first = await tokens.get();
  tokens.refuse(first);
  expect(await tokens.get()).toBe('token-2');
  tokens.refuse(first);
  expect(await tokens.get()).toBe('token-2');
});

it('passes on what the page says about nobody being signed in, and asks again next time', async () => {
  const answers = [null, 'token'];
  const tokens = createTokenSource(
    async () => answers.shift() ?? null,
    () => 0,
  );
  expect(await tokens.get()).toBeNull();
  expect(await tokens.get()).toBe('token');
});

it('tells every new token', async () => {
  const arrived = vi.fn();
  const tokens = createTokenSource(
    async () => 'token',
    () => 0,
    arrived,
  );
  await tokens.get();
  await tokens.get();
  expect(arrived.mock.calls).toEqual([['token']]);
});

it('does not wait for a page for ever, and can ask it again', async () => {
  vi.useFakeTimers();
  const page = vi.fn<() => Promise<string>>(() => new Promise(() => {}));
  const tokens = createTokenSource(page, () => 0);
  const asked = expect(tokens.get()).rejects.toMatchObject({ kind: 'timeout' });
  await vi.advanceTimersByTimeAsync(limits.tokenTimeoutMs);
  await asked;
  page.mockResolvedValue('token');
  expect(await tokens.get()).toBe('token');
  vi.useRealTimers();
});

it('reads claims of any script, and nothing from what is no JWT', () => {
  expect(readClaims(jwt({ sub: 'زهرا', exp: 5 }))).toEqual({ sub: 'زهرا', exp: 5 });
  expect(readClaims(jwt({ sub: 7 }))).toEqual({});
  for (const other of ['', 'opaque', 'a.b.c', 'a.!.c']) expect(readClaims(other)).toBeNull();
});
