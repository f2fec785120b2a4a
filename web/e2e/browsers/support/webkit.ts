import { readdirSync } from 'node:fs';
import { vi } from 'vitest';
import { freePort } from '../../support/haggle.ts';
import type { Browser, Key, Window } from './browser.ts';
import { firstLine, startProgram } from './process.ts';

const reference = 'element-6066-11e4-a52e-4f735466cecf';
/** The private characters by which WebDriver names keys that write nothing. */
const keys: Partial<Record<Key | 'Shift' | 'Control', string>> = {
  Enter: '\ue007',
  Tab: '\ue004',
  Escape: '\ue00c',
  Backspace: '\ue003',
  Shift: '\ue008',
  Control: '\ue009',
};
const keyOf = (name: Key | 'Shift' | 'Control') => keys[name] ?? name;
const commandTimeoutMs = 60_000;

/** WebKitGTK by WebDriver, on a display of its own: it has no headless mode. */
export async function openWebKit(driver: string): Promise<Browser> {
  const display = startProgram('Xvfb', [
    '-displayfd',
    '1',
    '-screen',
    '0',
    '1600x1200x24',
    '-nolisten',
    'tcp',
  ]);
  const number = await firstLine(display);
  return {
    name: 'WebKit',
    open: () => openWindow(driver, `:${number}`),
    close: display.end,
  };
}

/** A driver drives one browser, so each window has its own. */
async function openWindow(driver: string, display: string): Promise<Window> {
  const port = await freePort();
  const program = startProgram(driver, [`--port=${port}`], {
    DISPLAY: display,
    GDK_BACKEND: 'x11',
    // The sandbox needs rights that a container does not give; only our own pages are opened.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  });
  try {
    const session = await openSession(`http://127.0.0.1:${port}`);
    return windowOf(session, async () => {
      await session('DELETE', '').catch(() => undefined);
      await program.end();
    });
  } catch (error) {
    await program.end();
    throw error;
  }
}

type Command = (method: 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>;

async function openSession(address: string): Promise<Command> {
  await vi.waitFor(() => fetch(`${address}/status`), { timeout: 30_000 });
  const options = { binary: miniBrowser(), args: ['--automation'] };
  const capabilities = { alwaysMatch: { 'webkitgtk:browserOptions': options } };
  const { sessionId } = (await send('POST', `${address}/session`, { capabilities })) as { sessionId: string };
  return (method, path, body) => send(method, `${address}/session/${sessionId}${path}`, body);
}

async function send(method: string, address: string, body: object = {}): Promise<unknown> {
  const answer = await fetch(address, {
    method,
    ...(method === 'POST' && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(commandTimeoutMs),
  });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) throw new Error(`WebDriver ${new URL(address).pathname}: ${JSON.stringify(value)}`);
  return value;
}

/** The small browser that comes with the library; its folder has the machine's architecture in it. */
function miniBrowser(): string {
  const libraries = readdirSync('/usr/lib', { recursive: false, encoding: 'utf8' }).filter((each) =>
    each.includes('-linux-gnu'),
  );
  for (const folder of libraries)
    for (const version of readdirSync(`/usr/lib/${folder}`).filter((each) => /^webkit2?gtk-/.test(each)))
      if (readdirSync(`/usr/lib/${folder}/${version}`).includes('MiniBrowser'))
        return `/usr/lib/${folder}/${version}/MiniBrowser`;
  throw new Error('no MiniBrowser beside WebKitGTK');
}

function windowOf(session: Command, close: () => Promise<void>): Window {
  const evaluate = (expression: string) =>
    session('POST', '/execute/async', {
      script: `const done = arguments[arguments.length - 1];
        Promise.resolve((${expression})).then((value) => done({ value }), (error) => done({ error: String(error) }));`,
      args: [],
    }).then((answer) => {
      const { value, error } = answer as { value?: unknown; error?: string };
      if (error !== undefined) throw new Error(error);
      return value;
    });
  const strokes = (actions: object[]) =>
    session('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  const stroke = (value: string) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ];
  const resize = async (width: number, height: number) => {
    // The bars of the browser come on top.
    const bars = (await evaluate('[outerWidth - innerWidth, outerHeight - innerHeight]')) as [number, number];
    await session('POST', '/window/rect', { width: width + bars[0], height: height + bars[1] });
    await vi.waitUntil(async () => (await evaluate('innerWidth')) === width, { timeout: 30_000 });
  };
  return {
    goto: async (address) => void (await session('POST', '/url', { url: address })),
    reload: async () => void (await session('POST', '/refresh')),
    back: async () => void (await evaluate('history.back()')),
    evaluate,
    click: async (x, y) => {
      const actions = [
        { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y), origin: 'viewport' },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ];
      await session('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', actions }] });
    },
    type: async (text) => void (await strokes([...text].flatMap(stroke))),
    press: async (key, holding) => {
      const held = holding && keyOf(holding);
      await strokes([
        ...(held ? [{ type: 'keyDown', value: held }] : []),
        ...stroke(keyOf(key)),
        ...(held ? [{ type: 'keyUp', value: held }] : []),
      ]);
    },
    chooseFiles: async (selector, paths) => {
      const element = (await session('POST', '/element', {
        using: 'css selector',
        value: selector,
      })) as Record<string, string>;
      await session('POST', `/element/${element[reference]}/value`, { text: paths.join('\n') });
    },
    resize,
    close,
  };
}
