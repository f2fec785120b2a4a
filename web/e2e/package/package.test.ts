import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { expectDesigned } from '../support/design.ts';
import { codeOf } from '../support/document.ts';
import { createServerProcess, type Server } from '../support/server.ts';
import { openSite, type Site } from '../support/site.ts';

const packageFolder = fileURLToPath(new URL('../../packages/react', import.meta.url));
const own = JSON.parse(readFileSync(fileURLToPath(new URL('../package.json', import.meta.url)), 'utf8'));

let app: string;
let contents: string[];
let site: Site;
let server: Server;
let browser: Browser;

/** An empty app, into which the packed package is installed as an engineer would. */
beforeAll(async () => {
  app = mkdtempSync(join(tmpdir(), 'haggle-app-'));
  const { devDependencies, dependencies } = own;
  const wanted = { ...dependencies, ...devDependencies };
  const [packed] = JSON.parse(run('npm', 'pack', packageFolder, '--json')) as [
    { filename: string; files: { path: string }[] },
  ];
  contents = packed.files.map((file) => file.path);
  const versions = (...names: string[]) => Object.fromEntries(names.map((name) => [name, wanted[name]]));
  writeFileSync(
    join(app, 'package.json'),
    JSON.stringify({
      private: true,
      type: 'module',
      dependencies: {
        '@haggle/react': `file:${packed.filename}`,
        ...versions('react', 'react-dom', '@tanstack/react-query'),
      },
      devDependencies: {
        ...versions('@types/react', '@types/react-dom', '@vitejs/plugin-react', 'vite'),
        typescript: '6.0.3',
      },
    }),
  );
  writeFileSync(join(app, 'main.tsx'), main);
  writeFileSync(join(app, 'chat.tsx'), codeOf('tsx'));
  writeFileSync(
    join(app, 'index.html'),
    '<!doctype html><html lang="en"><title>Shop</title><body><script type="module" src="./main.tsx"></script></body></html>',
  );
  writeFileSync(
    join(app, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        jsx: 'react-jsx',
        module: 'ESNext',
        moduleResolution: 'Bundler',
        target: 'ES2022',
        lib: ['ES2023', 'DOM', 'DOM.Iterable'],
        types: ['vite/client'],
        allowImportingTsExtensions: true,
      },
      include: ['main.tsx'],
    }),
  );
  run('npm', 'install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts');
});
afterAll(async () => {
  await browser?.close();
  await server?.remove();
  await site?.close();
  rmSync(app, { recursive: true, force: true });
});

const run = (command: string, ...parts: string[]) =>
  execFileSync(command, parts, { cwd: app, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

const main = `
import { createHaggleClient, transition } from '@haggle/react/client';
import { createRoot } from 'react-dom/client';
import { AskAboutBolts, Chat, Messages } from './chat.tsx';

const server = new URLSearchParams(location.search).get('server') ?? '';
Object.assign(window, { createHaggleClient, transition });
createRoot(document.body.appendChild(document.createElement('div'))).render(
  <Chat server={server}>
    <Messages />
    <AskAboutBolts />
  </Chat>,
);
`;

it('the package carries its licence and what changed', () => {
  expect(contents).toEqual(expect.arrayContaining(['LICENSE', 'CHANGELOG.md', 'README.md']));
});

it('what the documentation says type-checks in an app that installed the package', () => {
  run('npx', 'tsc', '--project', '.');
});

it('the app builds, and shows page and widget', async () => {
  run('npx', 'vite', 'build', '--logLevel', 'error');

  site = await openSite(join(app, 'dist'));
  server = await createServerProcess(site.url);
  await server.start();
  await server.addUser('bea', 'buyer');
  await server.addUser('acme', 'supplier');
  await server.addSupplier('acme', 'acme');
  await server.addProduct('bolt-m8', 'acme');
  site.giveToken(() => server.tokenOf('bea'));
  browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(`${site.url}/?server=${server.url}`);
  await page.getByRole('heading', { name: 'Conversations' }).waitFor();
  await page.getByRole('button', { name: 'Open chat' }).click();
  const field = page.getByRole('textbox', { name: 'Message to Acme' });
  await field.fill('What do a thousand cost?');
  await field.press('Enter');
  await page.getByRole('log').getByText('What do a thousand cost?').waitFor();
  await page.getByTitle('Sent').waitFor();
  await field.fill('And more');
  await expectDesigned(page, 'send', 'field');
  await page.keyboard.press('Escape');
  const { conversations } = await server.call<{ conversations: [{ id: string }] }>(
    'acme',
    'GET',
    'conversations',
  );
  await server.call('acme', 'POST', `conversations/${conversations[0].id}/messages`, { content: 'Forty' });
  await expectDesigned(page, 'row', 'badge', 'launcher');
});
