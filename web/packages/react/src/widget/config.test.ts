import { afterEach, describe, expect, it, vi } from 'vitest';
import { configOf, fetchToken, type WidgetConfig } from './config.ts';

function script(data: Record<string, string>): HTMLScriptElement {
  const element = document.createElement('script');
  element.src = 'https://chat.example/widget.js';
  Object.assign(element.dataset, data);
  return element;
}

afterEach(() => vi.unstubAllGlobals());

describe('the script tag', () => {
  it('needs nothing but its own address', () => {
    const config = configOf(script({}));
    expect(config).toMatchObject({
      baseUrl: 'https://chat.example',
      tokenUrl: null,
      theme: null,
      product: null,
    });
  });

  it('can name the page it stands on: token, theme, language and product', () => {
    const config = configOf(
      script({
        tokenUrl: '/token',
        theme: 'dark',
        lang: 'ar',
        productId: 'p1',
        productName: 'Tote',
        supplierId: 's1',
      }),
    );
    expect(config.tokenUrl).toBe(`${location.origin}/token`);
    expect(config).toMatchObject({
      theme: 'dark',
      lang: 'ar',
      product: { id: 'p1', name: 'Tote', supplierId: 's1' },
    });
  });

  it('finds the server where the script lies, also below a path, and takes no notice of a slash at the end', () => {
    const below = script({});
    below.src = 'https://shop.example/tools/chat/widget.js?v=2';
    expect(configOf(below).baseUrl).toBe('https://shop.example/tools/chat');
    for (const baseUrl of ['https://chat.example/a', 'https://chat.example/a/', 'https://chat.example/a//'])
      expect(configOf(script({ baseUrl })).baseUrl).toBe('https://chat.example/a');
    expect(configOf(script({ baseUrl: 'https://chat.example/' })).baseUrl).toBe('https://chat.example');
    expect(configOf(script({ baseUrl: '/chat/' })).baseUrl).toBe(`${location.origin}/chat`);
  });

  it('takes a product without a supplier, about which the marketplace itself is asked', () => {
    for (const data of [{ productId: 'p1' }, { productId: 'p1', supplierId: '' }])
      expect(configOf(script(data)).product).toMatchObject({ id: 'p1', name: 'p1', supplierId: null });
    expect(configOf(script({ supplierId: 's1' })).product).toBeNull();
  });
});

describe('the token', () => {
  const config = { tokenUrl: 'https://shop.example/token' } as WidgetConfig;
  const answer = (status: number, body: unknown) =>
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status }));

  it('comes from the page with its cookies', async () => {
    answer(200, { token: 'abc' });
    expect(await fetchToken(config)).toBe('abc');
  });

  it('may come bare', async () => {
    vi.stubGlobal('fetch', async () => new Response('abc\n'));
    expect(await fetchToken(config)).toBe('abc');
  });

  it('is none for somebody who is not signed in', async () => {
    answer(401, {});
    expect(await fetchToken(config)).toBeNull();
  });

  it('fails when the page fails', async () => {
    answer(500, {});
    await expect(fetchToken(config)).rejects.toThrow('500');
  });
});
