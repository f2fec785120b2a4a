import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
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
import { Appearance, arabic } from '@haggle/react';
import { createHaggleClient, transition } from '@haggle/react/client';
import { createRoot } from 'react-dom/client';
import { AskAboutBolts, Chat, Messages } from './chat.tsx';

const asked = new URLSearchParams(location.search);
const server = asked.get('server') ?? '';
const theme = asked.get('theme') ?? undefined;
Object.assign(window, { createHaggleClient, transition });
createRoot(document.body.appendChild(document.createElement('div'))).render(
  <Chat server={server}>
    <Appearance labels={asked.has('arabic') ? arabic : undefined}>
      <div data-theme={theme}>
        <Messages />
        <AskAboutBolts />
      </div>
    </Appearance>
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
  site = await openSite(app);
  const address = `${build('dist', {})}/index.html`;
  server = await createServerProcess(site.url);
  await server.start();
  await server.addUser('bea', 'buyer');
  await server.addUser('acme', 'supplier');
  await server.addSupplier('acme', 'acme');
  await server.addProduct('bolt-m8', 'acme');
  site.giveToken(() => server.tokenOf('bea'));
  browser = await openBrowser();
  const page = await browser.newPage();
  await page.goto(`${address}?server=${server.url}`);
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

/** Browsers that know neither light-dark() nor :dir(), as Next names them for its sheets. */
const lowered = { chrome: 111 << 16, edge: 111 << 16, firefox: 111 << 16, safari: (16 << 16) | (4 << 8) };
const builds: [name: string, folder: string, config: object][] = [
  ['as Vite does by itself', 'dist-vite', {}],
  ['as Next does', 'dist-next', { css: { transformer: 'lightningcss', lightningcss: { targets: lowered } } }],
];
const light = { paper: 'rgb(255, 255, 255)', ink: 'rgb(26, 31, 36)', accent: 'rgb(11, 107, 112)' };
const dark = { paper: 'rgb(20, 24, 27)', ink: 'rgb(233, 236, 239)', accent: 'rgb(94, 198, 194)' };

it.each(builds)('a production build keeps the colours, light and dark: %s', async (_name, folder, config) => {
  const url = build(folder, config);
  for (const [scheme, theme, wanted] of [
    ['light', '', light],
    ['dark', '', dark],
    ['dark', 'light', light],
    ['light', 'dark', dark],
  ] as const) {
    const page = await browser.newPage({ colorScheme: scheme });
    await page.goto(`${url}/index.html?server=${server.url}${theme && `&theme=${theme}`}`);
    await page.getByRole('heading', { name: 'Conversations' }).waitFor();
    expect(await coloursOf(page), `${scheme}, data-theme=${theme}`).toEqual(wanted);
    // What the host says of itself counts below a theme that is chosen further down.
    await page.addStyleTag({ url: `${url}/brand.css` });
    await expect.poll(async () => (await coloursOf(page)).accent).toBe('rgb(1, 2, 3)');
    await page.close();
  }
});

it.each(builds)('a production build keeps right and left apart: %s', async (_name, folder, config) => {
  const url = build(folder, config);
  const page = await browser.newPage();
  await page.goto(`${url}/index.html?server=${server.url}&arabic`);
  await page.locator('[data-conversation]').first().waitFor();
  // The page says no language of its own, and a name is in another direction than the page.
  const name = page.locator('[data-conversation] bdi').first();
  expect(await name.evaluate((element) => getComputedStyle(element).textAlign)).toBe('right');
  await page.locator('[data-conversation]').first().click();
  // The arrow back is there too, but a wide page does not show it, and what is not shown has no transform.
  const send = page.locator('[data-directional]').filter({ visible: true }).first();
  expect(await send.evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).a)).toBe(-1);
  await page.close();
});

/** The app once more, as another builder makes it; its address. */
function build(folder: string, config: object): string {
  writeFileSync(join(app, 'vite.config.js'), `export default ${JSON.stringify({ base: './', ...config })}`);
  run('npx', 'vite', 'build', '--logLevel', 'error', '--outDir', folder);
  writeFileSync(join(app, folder, 'brand.css'), ':root { --haggle-accent: rgb(1 2 3) }');
  return `${site.url}/${folder}`;
}

async function coloursOf(page: Page) {
  const title = page.getByRole('heading', { name: 'Conversations' });
  const { paper, ink } = await title.evaluate((heading) => {
    let element = heading;
    while (getComputedStyle(element).backgroundColor === 'rgba(0, 0, 0, 0)' && element.parentElement)
      element = element.parentElement;
    const { backgroundColor, color } = getComputedStyle(element);
    return { paper: backgroundColor, ink: color };
  });
  const launcher = page.getByRole('button', { name: /^Open chat/ });
  const accent = await launcher.evaluate((element) => getComputedStyle(element).backgroundColor);
  return { paper, ink, accent };
}
