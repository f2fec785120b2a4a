import { createHash } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { transform } from 'esbuild';
import { build } from 'vite';

/*
 * Builds the script-tag widget into dist/widget: the chat in each language with a hash in its name, in a folder that no page of the host
 * has, and widget.js that knows it. Menus and dialogs are files of their own beside the chat, loaded when somebody asks for them. A page without React gets Preact, which speaks the same API in a tenth of the bytes.
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

/** The files of an entry: what it needs at once, and what it loads when somebody asks for it. */
async function filesOf(entry, { define = {}, alias = {}, format }) {
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
        'openapi-fetch': here('./fetch-client.ts'),
        ...alias,
      },
    },
    css: { modules: { generateScopedName: shortName } },
    // Nothing may ask for the address of a module: these are plain scripts.
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta': '{}', ...define },
    build: {
      write: false,
      minify: true,
      cssCodeSplit: format === 'cjs',
      target: 'es2022',
      cssTarget: 'chrome123',
      modulePreload: false,
      rolldownOptions: {
        input: here(entry),
        preserveEntrySignatures: 'allow-extension',
        output: {
          format,
          ...(format === 'iife' && { name: 'haggleChat', codeSplitting: false }),
          entryFileNames: '[name].js',
          chunkFileNames: '[name].js',
        },
      },
    },
  });
  return [result].flat().flatMap((each) => each.output);
}

const hashOf = (code) => createHash('sha256').update(code).digest('hex').slice(0, 10);
const LATE = /Promise\.resolve\(\)\.then\(\(\)\s*=>\s*require\(([^)]+)\)\)/g;

/** What a chunk and all that it needs at once are, the needed first. */
function closureOf(chunk, chunks, found = new Set()) {
  if (chunk === undefined || found.has(chunk)) return found;
  found.add(chunk);
  for (const name of chunk.imports) closureOf(chunks.get(name), chunks, found);
  return found;
}

/** A chunk as the loader of the page knows it: a function by its name. */
function wrapped(chunk, files) {
  const code = chunk.code.replace(LATE, 'late($1)').trim();
  const styles = [...(chunk.viteMetadata?.importedCss ?? [])]
    .map((name) => String(files.find((each) => each.fileName === name)?.source ?? '').trim())
    .join('');
  return {
    code: `${JSON.stringify(`./${chunk.fileName}`)},function(require,exports,module,late){${code}\n}`,
    styles,
  };
}

async function chatIn(language) {
  // The only words in it, also where a component falls back to the default; those of menus and dialogs come with them.
  const words = language === 'en' ? {} : { '../labels/en.ts': here(`./labels.${language}.ts`) };
  const alias = {
    ...words,
    [`./late.${language}.ts`]: here('./no-late.ts'),
    '../../labels/use-late-labels.ts': here(`./late-labels.${language}.ts`),
    './use-late-labels.ts': here(`./late-labels.${language}.ts`),
  };
  const files = await filesOf('./mount.tsx', { alias, format: 'cjs' });
  const chunks = new Map(files.filter((each) => each.type === 'chunk').map((each) => [each.fileName, each]));
  const entry = files.find((each) => each.isEntry);
  const first = closureOf(entry, chunks);
  const written = [];
  /** By the name of a chunk: the files to load for it, itself last. */
  const late = {};
  const nameOf = new Map();
  for (const chunk of chunks.values()) {
    if (first.has(chunk)) continue;
    const { code, styles } = wrapped(chunk, files);
    const text = `haggleChat.define(${code}${styles && `,${JSON.stringify(styles)}`})`;
    const file = `late-${language}-${hashOf(text)}.js`;
    nameOf.set(chunk, file);
    written.push({ file, code: text });
  }
  for (const chunk of nameOf.keys()) {
    const needed = [...closureOf(chunk, chunks)].filter((each) => nameOf.has(each));
    late[`./${chunk.fileName}`] = needed.map((each) => nameOf.get(each));
  }
  const parts = [...first].map((chunk) => wrapped(chunk, files));
  const styles = parts.map((part) => part.styles).join('');
  const defined = parts.map((part) => `define(${part.code});`).join('\n');
  const loader = (await readFile(here('./loader.js'), 'utf8')).replace(/^\/\*[\s\S]*?\*\/\s*/, '');
  const minified = await transform(loader.replace('__LATE_FILES__', JSON.stringify(late)), { minify: true });
  const code = `var haggleChat=(()=>{${minified.code}\n${defined}\nreturn Object.assign(require(${JSON.stringify(`./${entry.fileName}`)}),{define})})();`;
  const whole = code.replace('__WIDGET_STYLES__', () => JSON.stringify(styles));
  return { language, code: whole, file: `chat-${language}-${hashOf(whole)}.js`, late: written };
}

const chats = [await chatIn('en'), await chatIn('ar')];
const files = Object.fromEntries(chats.map(({ language, file }) => [language, `widget/${file}`]));
const [launcher] = await filesOf('./launcher.ts', {
  define: { __WIDGET_FILES__: JSON.stringify(files) },
  format: 'iife',
});

rmSync(out, { recursive: true, force: true });
mkdirSync(`${out}/widget`, { recursive: true });
writeFileSync(`${out}/haggle-push.js`, await readFile(here('../push/worker.js')));
for (const { file, code } of chats.flatMap((chat) => [chat, ...chat.late]))
  writeFileSync(`${out}/widget/${file}`, code);
// Only its style has lines, and no rule of it needs them.
writeFileSync(`${out}/widget.js`, launcher.code.replace(/\s*\n\s*/g, ''));
