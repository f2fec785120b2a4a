import { readFile } from 'node:fs/promises';
import { createServer, type Server as HttpServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The customer's site: the built page, and the address where its scripts get a token. */
export interface Site {
  url: string;
  /** The token in the answer of `/chat-token?user=…`; null is a 401. */
  giveToken: (give: (user: string) => string | null) => void;
  /** How often a token was asked for. */
  tokensGiven: () => number;
  close: () => Promise<void>;
}

const kitPage = fileURLToPath(new URL('../dist', import.meta.url));
const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
/** As strict as the documentation says that it may be. */
const policy = "default-src 'self'; connect-src *; img-src * blob: data:; object-src 'none'; base-uri 'none'";

export async function openSite(folder = kitPage): Promise<Site> {
  let give: (user: string) => string | null = () => null;
  let given = 0;
  const http: HttpServer = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site');
    if (pathname === '/chat-token') {
      given += 1;
      const token = give(searchParams.get('user') ?? '');
      response
        .writeHead(token === null ? 401 : 200, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ token }));
      return;
    }
    if (pathname === '/favicon.ico') {
      response.writeHead(204).end();
      return;
    }
    const path = normalize(pathname === '/' ? '/index.html' : pathname);
    try {
      const body = await readFile(join(folder, path));
      response
        .writeHead(200, {
          'Content-Type': types[extname(path)] ?? 'application/octet-stream',
          'Content-Security-Policy': policy,
        })
        .end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    // A name, not a number: browsers treat it as a secure origin, with locks and random ids.
    url: `http://localhost:${address.port}`,
    giveToken: (next) => {
      give = next;
    },
    tokensGiven: () => given,
    close: () => new Promise((resolve) => http.close(() => resolve())),
  };
}
