import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { components } from '../../asyncapi.json' with { type: 'json' };
import type { ServerFrame } from '../client/frames.ts';

/** What is wrong with a frame by the document; null when it is described whole: nothing is missing, nothing more is there. */
export function flawOf(frame: ServerFrame): string | null {
  return isDescribed(frame) ? null : `${JSON.stringify(frame)}: ${ajv.errorsText(isDescribed.errors)}`;
}

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inside = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  const isOpen = 'properties' in inside && !('additionalProperties' in inside);
  return isOpen ? { ...inside, additionalProperties: false } : inside;
}

const ajv = new Ajv({ strict: false });
addFormats.default(ajv);
const isDescribed = ajv.compile<ServerFrame>({
  components: { schemas: closed(components.schemas) },
  $ref: '#/components/schemas/ServerFrame',
});
