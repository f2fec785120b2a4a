import { QueryClient } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import type { ReactNode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHaggleClient } from '../client/client.ts';
import { useConnection, useConversations, useDraft, useMe, useUnreadCount } from '../hooks/index.ts';
import { createFakeBrowser } from '../testing/fake-browser.ts';
import { createFakeGateway, type FakeGateway } from '../testing/fake-gateway.ts';
import { baseUrl, createHandlers } from '../testing/handlers.ts';
import { createModelServer, type ModelServer } from '../testing/model-server.ts';
import { HaggleProvider } from './HaggleProvider.tsx';

const server = setupServer();
let model: ModelServer;
let gateway: FakeGateway;

beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  model = createModelServer(Date.now);
  model.addUser('bea', 'buyer');
  model.addUser('ben', 'buyer');
  model.addUser('bob', 'supplier');
  gateway = createFakeGateway(model);
  server.use(...createHandlers(model));
  vi.stubGlobal('WebSocket', function openSocket() {
    return gateway.openSocket('');
  });
});
afterEach(() => {
  cleanup();
  server.resetHandlers();
  localStorage.clear();
});

const token = (user: string) => async () => `token ${user} .${btoa(JSON.stringify({ sub: user }))}.`;

function Facts(): ReactNode {
  const me = useMe();
  const { conversations, error } = useConversations();
  const { text } = useDraft('c');
  const ids = conversations.map((one) => one.id);
  return <p>{JSON.stringify({ me, ids, unread: useUnreadCount(), text, error: error?.kind })}</p>;
}

function Status(): ReactNode {
  return <p role="status">{useConnection().status}</p>;
}

const facts = () => JSON.parse(screen.getByText(/\{/).textContent ?? '');

describe('the provider', () => {
  it('connects one person and needs nothing but a token', async () => {
    const { id } = model.open('bea', { supplierId: 'bob' });
    model.send('bob', id, { content: 'hello' });
    render(
      <HaggleProvider baseUrl={baseUrl} getToken={token('bea')}>
        <Facts />
      </HaggleProvider>,
    );
    await waitFor(() =>
      expect(facts()).toEqual({ me: { id: 'bea', role: 'buyer' }, ids: [id], unread: 1, text: '' }),
    );
    await waitFor(() => expect(gateway.open()).toHaveLength(1));
    cleanup();
    expect(gateway.open()).toEqual([]);
  });

  it('shows nothing of one person to the next', async () => {
    const beas = model.open('bea', { supplierId: 'bob' }).id;
    const bens = model.open('ben', { supplierId: 'bob' }).id;
    localStorage.setItem('haggle:draft:bea:c', 'half a sentence');
    const queryClient = new QueryClient();
    const page = (user: string) => (
      <HaggleProvider
        baseUrl={baseUrl}
        getToken={token(user)}
        queryClient={queryClient}
        user={{ id: user, role: 'buyer' }}
      >
        <Facts />
      </HaggleProvider>
    );
    const { rerender } = render(page('bea'));
    await waitFor(() => expect(facts()).toMatchObject({ ids: [beas], text: 'half a sentence' }));
    rerender(page('ben'));
    await waitFor(() => expect(facts()).toMatchObject({ me: { id: 'ben' }, ids: [bens], text: '' }));
  });

  describe('after a reload', () => {
    const page = (
      <HaggleProvider baseUrl={baseUrl} getToken={token('bea')} user={{ id: 'bea', role: 'buyer' }}>
        <Facts />
      </HaggleProvider>
    );
    const away = () => server.use(http.get(`${baseUrl}/api/chat/*`, () => HttpResponse.error()));
    // One for all tests, as the page has one.
    const factory = new IDBFactory();
    beforeEach(() => {
      vi.stubGlobal('indexedDB', factory);
      vi.stubGlobal('IDBKeyRange', IDBKeyRange);
    });
    const answer = <T,>(request: IDBRequest<T>) =>
      new Promise<T>((resolve) => request.addEventListener('success', () => resolve(request.result)));
    const saved = async () => {
      // Asking for it would make it, without what belongs into it.
      if ((await indexedDB.databases()).length === 0) return '';
      const database = await answer(indexedDB.open('haggle-cache'));
      const records = await answer(database.transaction('saved').objectStore('saved').getAll());
      database.close();
      return JSON.stringify(records);
    };

    it('shows what was there while the server is away', async () => {
      const { id } = model.open('bea', { supplierId: 'bob' });
      model.send('bob', id, { content: 'hello' });
      render(page);
      await waitFor(() => expect(facts()).toMatchObject({ ids: [id], unread: 1 }));
      await waitFor(async () => expect(await saved()).toContain('hello'));
      cleanup();
      away();
      render(page);
      await waitFor(() => expect(facts()).toMatchObject({ ids: [id], unread: 1 }));
    });

    it('shows nothing any more once the session has ended', async () => {
      const { id } = model.open('bea', { supplierId: 'bob' });
      render(page);
      await waitFor(async () => expect(await saved()).toContain(id));
      cleanup();
      render(
        <HaggleProvider baseUrl={baseUrl} getToken={async () => null} user={{ id: 'bea', role: 'buyer' }}>
          <Facts />
          <Status />
        </HaggleProvider>,
      );
      await waitFor(() => expect(screen.getByRole('status').textContent).toBe('signed-out'));
      await waitFor(async () => expect(await saved()).toBe('[]'));
    });
  });

  it('keeps its connection when the page renders again with another function for tokens', async () => {
    const page = (user: string) => (
      <HaggleProvider baseUrl={baseUrl} getToken={token(user)}>
        <Facts />
      </HaggleProvider>
    );
    const { rerender } = render(page('bea'));
    await waitFor(() => expect(gateway.open()).toHaveLength(1));
    rerender(page('bea'));
    await waitFor(() => expect(facts().me?.id).toBe('bea'));
    expect(gateway.opened()).toBe(1);
  });

  it('takes a client that somebody else has made', async () => {
    const { environment } = createFakeBrowser({ ...gateway, fetch: globalThis.fetch }).openTab();
    const client = createHaggleClient({ baseUrl, getToken: token('bea'), environment });
    render(
      <HaggleProvider client={client}>
        <Facts />
      </HaggleProvider>,
    );
    await waitFor(() => expect(client.connection.get().status).toBe('online'));
  });

  it('is missed with words that help', () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    expect(() => render(<Facts />)).toThrow('<HaggleProvider>');
  });
});
