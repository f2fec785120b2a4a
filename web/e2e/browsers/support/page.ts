import { expect, vi } from 'vitest';
import type { Window } from './browser.ts';
import { found, type Look } from './find.ts';

const timeout = 30_000;
const interval = 50;

/** A window as a person uses it: everything waits until it is there to be used. */
export interface Page extends Omit<Window, 'click'> {
  /** How many of these can be seen now. */
  count: (look: Look) => Promise<number>;
  see: (look: Look) => Promise<void>;
  seeNoMore: (look: Look) => Promise<void>;
  /** Clicks the last of them. */
  click: (look: Look) => Promise<void>;
  /** What a function says of the last of them. */
  ask: <T>(look: Look, question: (element: HTMLElement) => T) => Promise<T>;
  /** Writes into a field that is empty, key by key. */
  write: (look: Look, text: string) => Promise<void>;
  /** Waits until this expression is true. */
  until: (expression: string) => Promise<void>;
}

export function pageOf(window: Window): Page {
  const count = async (look: Look) => Number(await window.evaluate(`${found(look)}.length`));
  const seen = (look: Look) => vi.waitUntil(() => count(look), { timeout, interval }).catch(missing(look));

  async function click(look: Look): Promise<void> {
    await seen(look);
    const place = await vi
      .waitUntil(async () => (await window.evaluate(`(${placeOf})(${found(look)})`)) as number[] | null, {
        timeout,
        interval,
      })
      .catch(missing(look));
    await window.click(place[0] ?? 0, place[1] ?? 0);
  }

  return {
    ...window,
    count,
    see: async (look) => void (await seen(look)),
    seeNoMore: async (look) => expect.poll(() => count(look), { message: JSON.stringify(look) }).toBe(0),
    click,
    ask: async <T>(look: Look, question: (element: HTMLElement) => T) => {
      await seen(look);
      return (await window.evaluate(`(${question})(${found(look)}.at(-1))`)) as T;
    },
    write: async (look, text) => {
      await click(look);
      await window.type(text);
      await expect.poll(() => window.evaluate(`${found(look)}.at(-1)?.value`)).toBe(text);
    },
    until: async (expression) => {
      await vi
        .waitUntil(() => window.evaluate(expression), { timeout, interval })
        .catch(() => {
          throw new Error(`waited in vain until ${expression}`);
        });
    },
  };
}

function missing(look: Look): () => never {
  const { name, text, ...rest } = look;
  return () => {
    throw new Error(`not to be seen, or covered: ${JSON.stringify(rest)} ${name ?? ''} ${text ?? ''}`);
  };
}

/* It runs in the page: the middle of the last of them, once it stands still and nothing is in front of it. */
async function placeOf(elements: Element[]): Promise<number[] | null> {
  const element = elements.at(-1);
  if (!element || (element as HTMLButtonElement).disabled) return null;
  element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const before = element.getBoundingClientRect();
  await new Promise((done) => requestAnimationFrame(done));
  const { left, top, width, height } = element.getBoundingClientRect();
  if (left !== before.left || top !== before.top) return null;
  const place = [left + width / 2, top + height / 2] as const;
  const front = (element.getRootNode() as Document).elementFromPoint(...place);
  return front && (element.contains(front) || front.contains(element)) ? [...place] : null;
}
