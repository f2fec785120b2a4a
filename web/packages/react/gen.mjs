// Makes src/client/schema.ts from the server's two documents: OpenAPI of HTTP, and AsyncAPI of the socket. What both
// name is the same there, and becomes one type here.

import { readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';

const beside = (name) => new URL(name, import.meta.url);
const read = async (name) => JSON.parse(await readFile(beside(name), 'utf8'));
const [http, socket] = await Promise.all([read('openapi.json'), read('asyncapi.json')]);

const schemas = http.components.schemas;
for (const [name, schema] of Object.entries(socket.components.schemas)) {
  if (name in schemas && !isDeepStrictEqual(schemas[name], schema)) {
    throw new Error(`the documents differ about ${name}`);
  }
  schemas[name] = schema;
}
const types = astToString(await openapiTS(http, { alphabetize: true }));
// What a client can look up: types are gone when it runs.
const kinds = socket.components.schemas.ServerFrame.oneOf.map(
  ({ $ref }) => schemas[$ref.split('/').at(-1)].properties.type.enum[0],
);
const values = `\nexport const serverFrameTypes = ${JSON.stringify(kinds)} as const;\n`;
const header = '/** Made by `npm run gen` from openapi.json and asyncapi.json. Never edit it. */\n\n';
await writeFile(beside('src/client/schema.ts'), header + types + values);
