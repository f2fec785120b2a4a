import { cleanup, renderHook } from '@testing-library/react';
import { setupServer } from 'msw/node';
import { type ReactNode, StrictMode } from 'react';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { createHaggleClient, type HaggleClient } from '../client/client.ts';
import { HaggleProvider } from '../provider/HaggleProvider.tsx';
import { createFakeBrowser, type FakeTab } from './fake-browser.ts';
import { createFakeGateway, type FakeGateway } from './fake-gateway.ts';
import { baseUrl, createHandlers } from './handlers.ts';
import { createModelServer, type ModelServer } from './model-server.ts';

/** What hook tests play on: a model server, one browser tab, and Bob, who is signed in there. */
export interface Stage {
  model: ModelServer;
  gateway: FakeGateway;
  tab: FakeTab;
  client: HaggleClient;
  /** The conversation between Bea and Bob. */
  id: string;
  /** Method and path of every request so far. */
  requests: string[];
  /** May answer in the server's place. */
  interfere: (request: Request) => Response | undefined;
  signIn: (user: string) => void;
  render: <T>(hook: () => T) => { result: { current: T }; rerender: () => void };
}

/** Sets it up before each test of the file. */
export function setStage(): Stage {
  const server = setupServer();
  const stage = {} as Stage;

  stage.signIn = (user) => {
    const network = {
      ...stage.gateway,
      fetch: (...request: Parameters<typeof fetch>) => globalThis.fetch(...request),
    };
    stage.tab = createFakeBrowser(network).openTab();
    const { environment } = stage.tab;
    stage.client = createHaggleClient({ baseUrl, getToken: async () => `token ${user}`, environment });
  };
  stage.render = (hook) =>
    renderHook(hook, { wrapper: ({ children }) => inProvider(stage.client, children) });

  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterAll(() => server.close());
  beforeEach(() => {
    stage.model = createModelServer(Date.now);
    stage.model.addUser('bea', 'buyer');
    stage.model.addUser('bob', 'supplier');
    stage.model.addUser('ann', 'admin');
    stage.id = stage.model.open('bea', { supplierId: 'bob', productId: 'p1' }).id;
    stage.gateway = createFakeGateway(stage.model);
    stage.requests = [];
    stage.interfere = () => undefined;
    server.use(
      ...createHandlers(stage.model, (request) => {
        const path = new URL(request.url).pathname.replace('/api/chat/', '');
        stage.requests.push(`${request.method} ${path}`);
        return stage.interfere(request);
      }),
    );
    stage.signIn('bob');
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    server.resetHandlers();
    localStorage.clear();
  });
  return stage;
}

/** In strict mode, so that every effect is also undone and done again. */
function inProvider(client: HaggleClient, children: ReactNode): ReactNode {
  return (
    <StrictMode>
      <HaggleProvider client={client}>{children}</HaggleProvider>
    </StrictMode>
  );
}
