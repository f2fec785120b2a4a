import type { Client, ClientOptions } from 'openapi-fetch';

interface Asked {
  params?: { path?: Record<string, string>; query?: Record<string, string | number | boolean> };
  body?: unknown;
  signal?: AbortSignal | null;
}

type Options = Required<Pick<ClientOptions, 'baseUrl' | 'fetch' | 'credentials'>>;

/** In the place of openapi-fetch: of what that can do, what the chat asks for. */
export default function createClient<Paths extends object>(options: Options): Client<Paths> {
  const { baseUrl, fetch, credentials } = options;
  const asker =
    (method: string) =>
    async (address: string, asked: Asked = {}) => {
      const { params = {}, body, signal = null } = asked;
      const path = address.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params.path?.[name] ?? ''));
      const query = Object.entries(params.query ?? {}).map(
        ([name, value]) => `${name}=${encodeURIComponent(value)}`,
      );
      const request = new Request(baseUrl + path + (query.length > 0 ? `?${query.join('&')}` : ''), {
        method,
        credentials,
        signal,
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'Content-Type': 'application/json' },
        }),
      });
      const response = await fetch(request);
      const text = await response.text();
      if (response.ok) return { data: text === '' ? undefined : JSON.parse(text), response };
      return { error: parsed(text), response };
    };
  const client = {
    GET: asker('GET'),
    POST: asker('POST'),
    PUT: asker('PUT'),
    PATCH: asker('PATCH'),
    DELETE: asker('DELETE'),
  };
  return client as unknown as Client<Paths>;
}

/** Something in front of the server may answer with words. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
