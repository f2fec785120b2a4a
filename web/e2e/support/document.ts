import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const document = readFileSync(
  fileURLToPath(new URL('../../../docs/integration.md', import.meta.url)),
  'utf8',
);

/** The one code block of this language in docs/integration.md. */
export function codeOf(language: 'js' | 'tsx' | 'html'): string {
  const blocks = document.split('```').filter((block) => block.startsWith(`${language}\n`));
  const [block] = blocks;
  if (block === undefined || blocks.length > 1) throw new Error(`${blocks.length} blocks of ${language}`);
  return block.slice(language.length + 1);
}
