// @vitest-environment node
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { currencies, digitsOf } from './currency.ts';

it('the currencies and their digits are those of the server', () => {
  const path = new URL('../../../../../../crates/chat/src/offer/currency.rs', import.meta.url);
  const source = readFileSync(fileURLToPath(path), 'utf8');
  const table = source.slice(
    source.indexOf('const CODES'),
    source.indexOf('];', source.indexOf('const CODES')),
  );
  const known = [...table.matchAll(/\((?:\s*)(\d),\s*"([^"]*)"/g)].flatMap(([, places, codes = '']) =>
    (codes.match(/[A-Z]{3}/g) ?? []).map((code) => [code, Number(places)] as const),
  );
  expect(known.length).toBeGreaterThan(150);
  expect(currencies.map((code) => [code, digitsOf(code)]).sort()).toEqual([...known].sort());
  expect(digitsOf('XAU')).toBeNull();
});
