import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createTokenSource } from './token.ts';
import { createUploadFile } from './upload.ts';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

const url = 'http://haggle.test/api/chat/attachments';
const file = new File(['hello'], 'a.txt', { type: 'text/plain' });
const stored = { id: 'f1', name: 'a.txt', type: 'text/plain', size: 5, url: '/f1' };

function start(tokens = ['token bea']) {
  const cancel = new AbortController();
  const progress: number[] = [];
  const source = createTokenSource(async () => tokens.shift() ?? null, Date.now);
  const upload = createUploadFile('http://haggle.test', source);
  const done = upload(file, { signal: cancel.signal, onProgress: (share) => progress.push(share) });
  return { done, cancel, progress };
}

it('tells how far it is and what was stored', async () => {
  server.use(http.post(url, () => HttpResponse.json(stored, { status: 201 })));
  const { done, progress } = start();
  expect(await done).toEqual(stored);
  expect(progress.at(-1)).toBe(1);
});

it('asks once for a fresh token', async () => {
  server.use(
    http.post(url, ({ request }) =>
      request.headers.get('Authorization') === 'Bearer fresh'
        ? HttpResponse.json(stored, { status: 201 })
        : HttpResponse.json({ error: 'Unauthorized' }, { status: 401 }),
    ),
  );
  expect(await start(['stale', 'fresh']).done).toEqual(stored);
  await expect(start(['stale', 'stale too']).done).rejects.toMatchObject({ kind: 'signed-out' });
});

it('says why it was refused', async () => {
  server.use(
    http.post(url, () =>
      HttpResponse.json({ error: 'Unsupported', code: 'type_not_allowed' }, { status: 415 }),
    ),
  );
  await expect(start().done).rejects.toMatchObject({
    kind: 'refused',
    status: 415,
    code: 'type_not_allowed',
  });
  server.use(http.post(url, () => HttpResponse.error()));
  await expect(start().done).rejects.toMatchObject({ kind: 'network' });
});

it('can be cancelled before and while it runs', async () => {
  let arrived = () => {};
  const hasArrived = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  server.use(
    http.post(url, () => {
      arrived();
      return new Promise<never>(() => {});
    }),
  );
  const running = start();
  await hasArrived;
  running.cancel.abort();
  await expect(running.done).rejects.toMatchObject({ kind: 'aborted' });
  const early = start();
  early.cancel.abort();
  await expect(early.done).rejects.toMatchObject({ kind: 'aborted' });
});
