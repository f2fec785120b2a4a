import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openRawSocket, type RawSocket } from '../support/frames.ts';
import { createServerProcess, type Server } from '../support/server.ts';

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
interface Document {
  components: { schemas: Record<string, Json>; messages: Record<string, { examples: { payload: Json }[] }> };
}

let server: Server;
let document: Document;
let conversationId: string;

beforeAll(async () => {
  server = await createServerProcess('http://localhost');
  await server.start();
  document = (await (await fetch(`${server.url}/api/asyncapi.json`)).json()) as Document;
  await server.addUser('anna', 'buyer');
  await server.addUser('bob', 'supplier');
  await server.addUser('carol', 'admin');
  await server.addSupplier('bolts', 'bob');
  const purpose = { supplierId: 'bolts', adminId: 'carol' };
  const opened = await server.call<{ id: string }>('anna', 'POST', 'conversations', purpose);
  conversationId = opened.id;
});
afterAll(() => server?.remove());

async function online(user: string, since: Json = {}): Promise<RawSocket> {
  const socket = await openRawSocket(server.url);
  socket.say({ type: 'authenticate', payload: { token: server.tokenOf(user), since } });
  await socket.until('ready');
  return socket;
}

/** Schemas in which nothing may stand that they do not name. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  const isOpen = 'properties' in inside && !('additionalProperties' in inside);
  return isOpen ? { ...inside, additionalProperties: false } : inside;
}

function validator(name: string, change: (schema: Json) => Json = (schema) => schema) {
  const ajv = new Ajv({ strict: false });
  addFormats.default(ajv);
  const { schemas } = document.components;
  const root = { components: { schemas: change(schemas) }, $ref: `#/components/schemas/${name}` };
  return ajv.compile(root as object);
}

it('describes every frame that the server says, whole', async () => {
  const anna = await online('anna');
  // Nobody else is there yet: he is told of it later.
  const content = 'Could you quote 500 pieces?';
  await server.call('anna', 'POST', `conversations/${conversationId}/messages`, { content });
  const bob = await online('bob', { [conversationId]: 0, 'no such conversation': 0 });
  bob.say({ type: 'read', payload: { conversationId } });
  await anna.until('read');
  bob.say({ type: 'typing', payload: { conversationId } });
  await anna.until('typing');
  bob.say({ type: 'nonsense' });
  await bob.until('error');
  bob.say({ type: 'ping' });
  await bob.until('pong');
  await server.call('carol', 'POST', `conversations/${conversationId}/leave`);
  await anna.until('conversation_updated');
  const form = new FormData();
  form.set('file', new Blob(['a,b\n1,2\n']), 'prices.csv');
  const uploaded = await fetch(`${server.url}/api/chat/attachments`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${server.tokenOf('bob')}` },
    body: form,
  });
  const { id } = (await uploaded.json()) as { id: string };
  const withFile = { content: '', attachments: [id] };
  const path = `conversations/${conversationId}/messages`;
  const { message } = await server.call<{ message: { id: string } }>('bob', 'POST', path, withFile);
  await anna.until('message');
  await server.call('anna', 'PUT', `${path}/${message.id}/reactions/👍`);
  await bob.until('message_updated');
  await bob.close();
  await anna.until('online_status');
  await anna.close();

  const isDescribed = validator('ServerFrame', closed);
  const frames = [...anna.heard, ...bob.heard];
  for (const frame of frames) expect(isDescribed(frame) || [frame, isDescribed.errors]).toBe(true);
  const seen = new Set(frames.map((frame) => `Server${pascal(frame.type)}`));
  const described = Object.keys(document.components.messages).filter((name) => name.startsWith('Server'));
  expect([...seen].sort()).toEqual(described.sort());
});

it('describes what the server takes: what it allows is done, what it does not is refused', async () => {
  const isAllowed = validator('ClientFrame');
  const socket = await online('anna');
  const wrong: unknown[] = [];
  let allowed = 0;
  const frames = variants();
  for (const frame of frames) {
    socket.say(frame);
    socket.say({ type: 'ping' });
    const answers = (await socket.until('pong')).filter(({ type }) => type === 'error');
    // A ping that is varied may be one still.
    if (isPing(frame) && isAllowed(frame)) await socket.until('pong');
    const form = answers.filter(({ payload }) => /^(bad_frame|unknown_type)$/.test(String(payload['code'])));
    const verdict = isAllowed(frame);
    allowed += Number(verdict);
    if (verdict ? form.length > 0 : answers.length === 0) wrong.push({ frame, verdict, answers });
  }
  expect(wrong).toEqual([]);
  expect(allowed).toBeGreaterThan(50);
  expect(frames.length - allowed).toBeGreaterThan(200);
  await socket.close();
});

const replacements: Json[] = [
  null,
  true,
  0,
  7,
  -1,
  1.5,
  1e300,
  '',
  'x',
  'y'.repeat(129),
  'a\0',
  [],
  [4, 9],
  {},
];

/** The document's examples, and what comes of them when any one value is another, is missing, or has company. */
function variants(): Json[] {
  const all: Json[] = [...replacements];
  for (const [name, { examples }] of Object.entries(document.components.messages)) {
    if (!name.startsWith('Client')) continue;
    for (const { payload } of examples) all.push(...varied(real(payload)));
  }
  // Without a token a cookie is looked for, and somebody else's ends the socket: these are other rules.
  return all.filter((frame) => !isAuthenticate(frame) || hasOurToken(frame));
}

/** The example with an id and a token that there are. */
function real(example: Json): Json {
  const text = JSON.stringify(example, (name, value: Json) =>
    name === 'conversationId' ? conversationId : name === 'token' ? server.tokenOf('anna') : value,
  );
  return JSON.parse(text) as Json;
}

function varied(value: Json): Json[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [value, ...replacements];
  const members = Object.entries(value).flatMap(([name, member]) => {
    const { [name]: _, ...rest } = value;
    return [rest, ...varied(member).map((other) => ({ ...value, [name]: other }))];
  });
  return [value, { ...value, more: 1 }, ...members, ...replacements];
}

const typeOf = (frame: Json) =>
  typeof frame === 'object' && frame !== null && !Array.isArray(frame) ? frame['type'] : undefined;
const isPing = (frame: Json) => typeOf(frame) === 'ping';
const isAuthenticate = (frame: Json) => typeOf(frame) === 'authenticate';

function hasOurToken(frame: Json): boolean {
  const { payload } = frame as { payload?: { token?: Json } | null };
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload != null;
  return payload.token != null && (typeof payload.token !== 'string' || payload.token.length > 129);
}

function pascal(snake: string): string {
  return snake.replace(/(^|_)([a-z])/g, (_all, _line, letter: string) => letter.toUpperCase());
}
