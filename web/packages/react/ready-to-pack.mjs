import { copyFileSync, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/*
 * Before `npm pack` and at the end of a build: a package without its build, or without its licence, must not come into being.
 * Both texts stand at the top of the repository; after a build a copy of this folder alone has them too.
 */
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

for (const name of ['LICENSE', 'CHANGELOG.md']) {
  const original = here(`../../../${name}`);
  if (existsSync(original)) copyFileSync(original, here(name));
}

const needed = [
  'dist/index.js',
  'dist/index.d.ts',
  'dist/client.js',
  'dist/client.d.ts',
  'dist/styles.css',
  'dist/widget/widget.js',
  'dist/widget/haggle-push.js',
  'LICENSE',
  'CHANGELOG.md',
];
const missing = needed.filter((name) => !existsSync(here(name)));
if (missing.length > 0) {
  process.stderr.write(
    `@haggle/react cannot be packed without ${missing.join(', ')}. Build it first, in web/ of a checkout of Haggle: npm ci && npm run build -w @haggle/react\n`,
  );
  process.exitCode = 1;
}
