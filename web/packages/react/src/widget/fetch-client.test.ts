// @vitest-environment node
import createOther from 'openapi-fetch';
import { expect, it } from 'vitest';
import { createApi } from '../client/api.ts';
import type { Http } from '../client/http.ts';
import { saveReply, searchMessages } from '../client/late-api.ts';
import createOwn from './fetch-client.ts';

const baseUrl = 'https://chat.example/below';
const makers = [createOwn, createOther] as ((options: object) => unknown)[];

/** What a client asks, and what it makes of the answer. */
async function seen(
  make: (typeof makers)[number],
  answer: () => Response,
  ask: (http: Http) => Promise<unknown>,
) {
  const asked: unknown[] = [];
  const fetch = async (request: Request) => {
    const { method, url, credentials } = request;
    asked.push([method, decodeURIComponent(url), credentials, request.headers.get('content-type')]);
    asked.push(request.body === null ? null : await request.text());
    return answer();
  };
  const http = make({ baseUrl, fetch, credentials: 'include' }) as Http;
  const got = await ask(http).catch((error: unknown) => error);
  return { asked, got };
}

const calls: [string, (http: Http) => Promise<unknown>][] = [
  [
    'a list',
    (http) => createApi(http).listConversations({ q: 'é & ü', waiting: true, counts: true }, 'c+/='),
  ],
  ['a path', (http) => createApi(http).listMessages('a/b?c', { before: 'm1' })],
  [
    'a body',
    (http) => createApi(http).sendMessage('c1', { content: 'x', attachments: [], clientMessageId: 'k' }),
  ],
  ['an empty body', (http) => createApi(http).markRead('c1', null)],
  ['nothing', (http) => createApi(http).join('c1')],
  ['a correction', (http) => createApi(http).correctMessage('c1', 'm1', 'x')],
  ['a reaction', (http) => createApi(http).react('c1', 'm1', '👍', true)],
  ['a reaction that is taken back', (http) => createApi(http).react('c1', 'm1', '👍', false)],
  ['a search', (http) => searchMessages(http, { q: 'é' }, new AbortController().signal)],
  ['a saved reply', (http) => saveReply(http, { id: 'r1', name: 'a', text: 'b', isShared: false })],
  ['limits', (http) => createApi(http).limits()],
];
const json = { 'Content-Type': 'application/json' };
const answers: [string, () => Response][] = [
  ['what it asked for', () => Response.json({ message: { id: 'm' }, unreadCount: 1 })],
  ['nothing', () => new Response(null, { status: 204 })],
  ['a refusal', () => Response.json({ code: 'invalid', message: 'No' }, { status: 400 })],
  ['a page of something in front', () => new Response('<html>', { status: 502 })],
  ['half an answer', () => new Response('{"mess', { headers: json })],
];

it.each(calls.flatMap(([what, ask]) => answers.map(([how, answer]) => [what, how, ask, answer] as const)))(
  'the widget asks for %s and understands %s as openapi-fetch does',
  async (_what, _how, ask, answer) => {
    const [own, other] = await Promise.all(makers.map((make) => seen(make, answer, ask)));
    expect(own).toEqual(other);
    expect(own?.asked).toHaveLength(2);
  },
);
