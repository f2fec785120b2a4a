// @vitest-environment node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it, vi } from 'vitest';

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');
const code = read('worker.js');
/** What docs/push.md says that the server sends. */
const sent = JSON.parse(read('../../../../../docs/push.md').match(/```json\n([^`]+)```/)?.[1] ?? '');

interface Page {
  focused: boolean;
  visibilityState: string;
  focus: () => Promise<void>;
  postMessage: (message: unknown) => void;
}

/** The worker in a scope of its own, with these pages open. */
function start(pages: Page[] = []) {
  const handlers = new Map<string, (event: object) => void>();
  const showNotification = vi.fn(async () => undefined);
  const openWindow = vi.fn(async () => undefined);
  const self = {
    addEventListener: (name: string, handler: (event: object) => void) => handlers.set(name, handler),
    registration: { scope: 'https://shop.example/', showNotification },
    clients: { matchAll: async () => pages, openWindow },
  };
  new Function('self', code)(self);
  const fire = async (name: string, event: object) => {
    const waits: Promise<unknown>[] = [];
    handlers.get(name)?.({ ...event, waitUntil: (wait: Promise<unknown>) => waits.push(wait) });
    await Promise.all(waits);
  };
  const push = (data: unknown) => fire('push', { data: data === null ? null : { json: () => data } });
  const click = (data: object) => fire('notificationclick', { notification: { close: vi.fn(), data } });
  return { fire, push, click, showNotification, openWindow };
}

const page = (part: Partial<Page> = {}): Page => ({
  focused: false,
  visibilityState: 'hidden',
  focus: vi.fn(async () => undefined),
  postMessage: vi.fn(),
  ...part,
});

beforeEach(() => vi.restoreAllMocks());

describe('the service worker', () => {
  it('shows what the server sends, one notification for each conversation', async () => {
    const { push, showNotification } = start();
    await push({ ...sent, conversationId: 'c1' });
    expect(showNotification).toHaveBeenCalledWith(
      'Hex bolt M8',
      expect.objectContaining({ body: 'Acme: Is 500 ready?', tag: 'haggle c1' }),
    );
  });

  it('says who wrote where the server leaves the words out', async () => {
    const { push, showNotification } = start();
    await push({ ...sent, text: null });
    expect(showNotification).toHaveBeenCalledWith('Hex bolt M8', expect.objectContaining({ body: 'Acme' }));
  });

  it('shows something whatever comes', async () => {
    const { push, fire, showNotification } = start();
    await push(null);
    const broken = () => {
      throw new SyntaxError('no JSON');
    };
    await fire('push', { data: { json: broken } });
    expect(showNotification).toHaveBeenCalledTimes(2);
  });

  it('leads to the conversation in the page that is open, the one in sight first', async () => {
    const [hidden, seen] = [page(), page({ visibilityState: 'visible' })];
    const { click, openWindow } = start([hidden, seen]);
    await click({ conversationId: 'c1' });
    expect(seen.focus).toHaveBeenCalled();
    expect(seen.postMessage).toHaveBeenCalledWith({ haggle: 'open', conversationId: 'c1', url: undefined });
    expect(hidden.postMessage).not.toHaveBeenCalled();
    expect(openWindow).not.toHaveBeenCalled();
  });

  it('opens the address of the server where no page is open, else the site at the conversation', async () => {
    const { click, openWindow } = start();
    await click({ conversationId: 'c1', url: 'https://shop.example/messages/c1' });
    await click({ conversationId: 'c1' });
    expect(openWindow.mock.calls).toEqual([
      ['https://shop.example/messages/c1'],
      ['https://shop.example/?conversation=c1'],
    ]);
  });
});
