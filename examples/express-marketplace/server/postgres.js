// Without DATABASE_URL: a PostgreSQL of the shop's own, in the folder `.data`, for trying it out.
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

// PostgreSQL does not run as root. In a container, where everybody is, it runs as nobody, in a folder that nobody may enter.
const isRoot = process.getuid?.() === 0;
const nobody = isRoot ? { uid: 65534, gid: 65534, cwd: '/' } : {};
const home =
  process.env.DATA_DIR ??
  (isRoot ? join(tmpdir(), 'express-marketplace') : join(import.meta.dirname, '../.data'));
const data = join(home, 'postgres');
const filed = (name) => readFileSync(join(home, name), 'utf8').trim();

/** Starts it, or finds it running; whoever started it stops it. */
export async function startPostgres() {
  const programs = folderOfPrograms();
  if (!existsSync(data)) await create(programs);
  const server = isRunning() ? null : await start(programs);

  const address = `postgres://shop:${filed('password')}@127.0.0.1:${filed('port')}`;
  const client = new pg.Client(`${address}/postgres`);
  await client.connect();
  const { rowCount } = await client.query(`select from pg_database where datname = 'shop'`);
  if (rowCount === 0) await client.query('create database shop');
  await client.end();
  return {
    url: `${address}/shop`,
    stop: () =>
      new Promise((resolve) => {
        if (!server) return resolve();
        server.once('exit', resolve);
        server.kill('SIGINT');
      }),
  };
}

/** With a port that it keeps, as what else uses the database is told it once. */
async function create(programs) {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'port'), String(await freePort()));
  writeFileSync(join(home, 'password'), randomBytes(16).toString('hex'), { mode: 0o600 });
  if (isRoot) for (const path of [home, join(home, 'password')]) chownSync(path, nobody.uid, nobody.gid);
  const rules = [
    '--username=shop',
    '--auth=scram-sha-256',
    `--pwfile=${join(home, 'password')}`,
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ];
  execFileSync(join(programs, 'initdb'), ['-D', data, ...rules], {
    ...nobody,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function isRunning() {
  try {
    const id = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

async function start(programs) {
  const places = ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-p', filed('port')];
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...places], {
    ...nobody,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise((resolve, reject) => {
    let log = '';
    server.stderr.on('data', (text) => {
      log = (log + text).slice(-4000);
      if (log.includes('ready to accept connections')) resolve();
    });
    server.once('exit', () => reject(new Error(`PostgreSQL ended:\n${log}`)));
  });
  return server;
}

function folderOfPrograms() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => b - a) : [];
  const folders = [...versions.map((version) => `${debian}/${version}/bin`), ...process.env.PATH.split(':')];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')));
  if (!found) throw new Error('no PostgreSQL on this machine: install it, or set DATABASE_URL');
  return found;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
