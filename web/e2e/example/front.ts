import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/haggle.ts';
import { type Front, runNginx } from '../support/nginx.ts';
import { home } from './shop.ts';

/** Shop and chat behind one address, as the example's own file for nginx says. */
export async function openFront(shop: string, chat: string): Promise<Front> {
  const listen = `127.0.0.1:${await freePort()}`;
  const server = readFileSync(join(home, 'nginx.conf'), 'utf8')
    .replace('listen 80;', `listen ${listen};`)
    .replace('127.0.0.1:3000', new URL(shop).host)
    .replace('127.0.0.1:8080', new URL(chat).host);
  return runNginx(server, `http://${listen}`, '/api/me');
}
