import { type ChildProcess, spawn } from 'node:child_process';

const startTimeoutMs = 30_000;

export interface Program {
  child: ChildProcess;
  end: () => Promise<void>;
}

/** Starts a program that ends with the tests; its name stands in the error when there is none. */
export function startProgram(path: string, options: string[], environment: NodeJS.ProcessEnv = {}): Program {
  const child = spawn(path, options, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return {
    child,
    end: () => {
      child.kill();
      return gone;
    },
  };
}

/** The first line that it says. */
export function firstLine({ child }: Program): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('it says nothing')), startTimeoutMs);
    const over = (then: () => void) => {
      clearTimeout(timer);
      then();
    };
    child.stdout?.once('data', (text) => over(() => resolve(String(text).trim())));
    child.once('error', (error) => over(() => reject(error)));
    child.once('exit', (code) => over(() => reject(new Error(`it ended with ${code}`))));
  });
}
