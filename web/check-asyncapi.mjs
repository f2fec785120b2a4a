// The socket's document, judged by the parser that everybody uses: its form, its references, and whether every example
// is what its schema says.
import { readFile } from 'node:fs/promises';
import { Parser } from '@asyncapi/parser';

const path = new URL('packages/react/asyncapi.json', import.meta.url);
const { document, diagnostics } = await new Parser().parse(await readFile(path, 'utf8'));
const errors = diagnostics.filter(({ severity }) => severity === 0);
for (const { code, message, path: place } of errors) {
  process.stderr.write(`asyncapi.json: ${place.join('.')}: ${message} (${code})\n`);
}
if (document === undefined || errors.length > 0) process.exit(1);
