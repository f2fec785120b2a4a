import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './haggle.ts';

/** The site of a customer: nginx with docs/nginx.conf, the chat below a path, and everything else from another server. */
export interface Front {
  url: string;
  close: () => Promise<void>;
}

const documented = fileURLToPath(new URL('../../../docs/nginx.conf', import.meta.url));

export async function openNginx(path: string, chat: string, rest: string): Promise<Front> {
  const listen = `127.0.0.1:${await freePort()}`;
  const chatAddress = new URL(chat).host;
  const server = readFileSync(documented, 'utf8')
    .replace('listen 80;', `listen ${listen};\n    location / { proxy_pass ${rest}; }`)
    .replace('location / {\n', `location ${path} {\n`)
    .replace('proxy_pass http://haggle;', 'proxy_pass http://haggle/;')
    .replace('10.0.0.11:8080', chatAddress)
    .replace('10.0.0.12:8080', chatAddress);
  return runNginx(server, `http://${listen}`, `${path}healthz`);
}

/** Runs nginx with what stands in its `http` block, until the address answers. */
export async function runNginx(server: string, url: string, health: string): Promise<Front> {
  const folder = mkdtempSync(join(tmpdir(), 'haggle-nginx-'));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => {
    mkdirSync(join(folder, name));
    return `${name}_temp_path ${join(folder, name)};`;
  });
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events { worker_connections 256; }
http { access_log off; ${temporary.join(' ')} ${server} }`,
  );
  const nginx = spawn('nginx', ['-c', file], {
    env: { PATH: `${process.env['PATH']}:/usr/sbin` },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await answering(nginx, `${url}${health}`);
  return {
    url,
    close: async () => {
      const ended = new Promise((resolve) => nginx.once('exit', resolve));
      nginx.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function answering(nginx: ChildProcess, address: string): Promise<void> {
  let said = '';
  nginx.stderr?.on('data', (text: unknown) => {
    said += String(text);
  });
  for (;;) {
    if (nginx.exitCode !== null) throw new Error(`nginx ended:\n${said}`);
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
