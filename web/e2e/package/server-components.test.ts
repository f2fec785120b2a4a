import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

/*
 * What a framework with React server components does with the package, in Node alone: React is the one for servers,
 * without state and effects, and a file that says `'use client'` is not run but referred to.
 */
const loader = `
export async function load(url, context, next) {
  const loaded = await next(url, context);
  const source = String(loaded.source ?? '');
  if (!/^(["'])use client\\1/.test(source)) return loaded;
  const names = [...source.matchAll(/export \\{([^}]*)\\}/g)].flatMap(([, list]) =>
    list.split(',').map((each) => each.trim().split(' as ').at(-1)).filter(Boolean));
  const reference = (name) =>
    \`export const \${name} = Object.assign(() => {}, { $$typeof: Symbol.for('react.client.reference') });\`;
  return { ...loaded, source: names.map(reference).join('\\n') };
}`;

const page = `
import { createElement } from 'react';
import * as react from 'react';
import { ChatPage, HaggleProvider } from '@haggle/react';
import { createHaggleClient } from '@haggle/react/client';

const element = createElement(HaggleProvider, { baseUrl: 'https://chat.example' }, createElement(ChatPage));
console.log(JSON.stringify({
  hasState: 'useState' in react,
  isReference: element.type.$$typeof === Symbol.for('react.client.reference'),
  client: typeof createHaggleClient({ baseUrl: 'https://chat.example' }).api.unreadCount,
}));`;

it('a React server component imports the pages, and the client without React runs on the server', () => {
  const register = `import { register } from 'node:module'; register('data:text/javascript,' + ${JSON.stringify(encodeURIComponent(loader))});`;
  const answer = execFileSync(
    process.execPath,
    [
      '--conditions=react-server',
      `--import=data:text/javascript,${encodeURIComponent(register)}`,
      '--input-type=module',
      `--eval=${page}`,
    ],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  expect(JSON.parse(answer)).toEqual({ hasState: false, isReference: true, client: 'function' });
});
