import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/*
 * Builds the script-tag widget into dist/widget: the chat in each language with a hash in its name, in a folder that no page of the host
 * has, and widget.js that knows it. A page without React gets Preact, which speaks the same API in a tenth of the bytes.
 */

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const out = here('../../dist/widget');

const named = new Map();

/** Nobody else's class can be in the shadow tree, and a hash of each file would be a tenth of what the styles weigh. */
function shortName(name, file) {
  const key = `${file.slice(here('../..').length)} ${name}`;
  const hash = createHash('sha256').update(key).digest('base64url').replace(/[-_]/g, '');
  for (let length = 3; ; length += 1) {
    const short = `h${hash.slice(0, length)}`;
    const owner = named.get(short) ?? key;
    named.set(short, owner);
    if (owner === key) return short;
  }
}

async function bundle(entry, { define = {}, alias = {} }) {
  const result = await build({
    root: here('../..'),
    configFile: false,
    logLevel: 'warn',
    plugins: [react()],
    resolve: {
      alias: {
        'react/jsx-runtime': 'preact/jsx-runtime',
        'react-dom/client': 'preact/compat/client',
        'react-dom': 'preact/compat',
        react: 'preact/compat',
        // A panel of this size has no room for details.
        '../ConversationDetails/LazyDetails.tsx': here('./no-details.ts'),
        'openapi-fetch': here('./fetch-client.ts'),
        ...alias,
      },
    },
    // One file without imports: nothing may ask for the address of a module.
    css: { modules: { generateScopedName: shortName } },
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta': '{}', ...define },
    build: {
      write: false,
      minify: true,
      cssCodeSplit: false,
      target: 'es2022',
      cssTarget: 'chrome123',
      modulePreload: false,
      rolldownOptions: {
        input: here(entry),
        preserveEntrySignatures: 'strict',
        output: { format: 'iife', name: 'haggleChat', codeSplitting: false },
      },
    },
  });
  const files = [result].flat().flatMap((each) => each.output);
  const script = files.find((each) => each.type === 'chunk')?.code ?? '';
  const styles = String(files.find((each) => each.fileName.endsWith('.css'))?.source ?? '');
  return { script, styles };
}

async function chatIn(language) {
  // The only words in it, also where a component falls back to the default.
  const alias = language === 'en' ? {} : { '../labels/en.ts': here(`./labels.${language}.ts`) };
  const { script, styles } = await bundle('./mount.tsx', { alias });
  const code = script.replace('__WIDGET_STYLES__', () => JSON.stringify(styles.trim()));
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 10);
  return { language, code, file: `chat-${language}-${hash}.js` };
}

const chats = [await chatIn('en'), await chatIn('ar')];
const files = Object.fromEntries(chats.map(({ language, file }) => [language, `widget/${file}`]));
const launcher = await bundle('./launcher.ts', { define: { __WIDGET_FILES__: JSON.stringify(files) } });

rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/widget`, { recursive: true });
for (const { file, code } of chats) writeFileSync(`${out}/widget/${file}`, code);
// Only its style has lines, and no rule of it needs them.
writeFileSync(`${out}/widget.js`, launcher.script.replace(/\s*\n\s*/g, ''));
