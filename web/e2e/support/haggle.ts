import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A process of the server's binary that can be ended, also without a goodbye, and started again at its address. */
export interface Haggle {
  url: string;
  start: () => Promise<void>;
  end: (signal: 'SIGTERM' | 'SIGKILL') => Promise<void>;
}

const startTimeoutMs = 90_000;
const commandTimeoutMs = 90_000;

/** `HAGGLE_BINARY`, or what `cargo build` left. */
function binary(): string {
  const built = fileURLToPath(new URL('../../../target/debug/haggle', import.meta.url));
  const path = process.env['HAGGLE_BINARY'] ?? built;
  if (!existsSync(path)) throw new Error(`no server at ${path}; run \`cargo build\` or set HAGGLE_BINARY`);
  return path;
}

/** Prepares `haggle <command>` with its own database in `folder`. */
export async function haggle(
  command: 'serve' | 'demo',
  folder: string,
  settings: Record<string, string>,
): Promise<Haggle> {
  const listen = `127.0.0.1:${await freePort()}`;
  let running: ChildProcess | null = null;
  return {
    url: `http://${listen}`,
    start: async () => {
      running = spawn(binary(), [command], {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          HAGGLE_LISTEN: listen,
          HAGGLE_DATA_DIR: join(folder, 'data'),
          HAGGLE_MESSAGES_PER_MINUTE: '0',
          HAGGLE_CONVERSATIONS_PER_HOUR: '0',
          ...settings,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      await listening(running);
    },
    end: async (signal) => {
      const child = running;
      running = null;
      if (child === null || child.exitCode !== null) return;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
    },
  };
}

/** Runs another command to its end. */
export function haggleCommand(
  args: string[],
  folder: string,
  settings: Record<string, string>,
): Promise<{ status: number | null; output: string }> {
  const child = spawn(binary(), args, {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HAGGLE_LISTEN: '127.0.0.1:0',
      HAGGLE_DATA_DIR: join(folder, 'data'),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: commandTimeoutMs,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: unknown) => {
      output += String(text);
    });
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })));
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = '';
    const timer = setTimeout(() => reject(new Error(`the server did not start:\n${log}`)), startTimeoutMs);
    const hear = (text: unknown) => {
      log += String(text);
      if (!log.includes('haggle listening on')) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`the server ended:\n${log}`));
    });
  });
}

/**
 * A port that nobody listens at. Not from among those that the system gives to outgoing connections: one of these could
 * take it while the server is away.
 */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('no port');
}

function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
