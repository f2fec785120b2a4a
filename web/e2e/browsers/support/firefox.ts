import { type ElementHandle, launch } from 'puppeteer-core';
import type { Browser, Window } from './browser.ts';

/** Firefox, by WebDriver BiDi. */
export async function openFirefox(executablePath: string): Promise<Browser> {
  const firefox = await launch({
    browser: 'firefox',
    protocol: 'webDriverBiDi',
    executablePath,
    headless: true,
  });
  return {
    name: 'Firefox',
    open: async () => {
      const context = await firefox.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width: 1280, height: 800 });
      const window: Window = {
        goto: async (address) => void (await page.goto(address, { waitUntil: 'domcontentloaded' })),
        reload: async () => void (await page.reload({ waitUntil: 'domcontentloaded' })),
        back: async () => void (await page.evaluate('history.back()')),
        evaluate: (expression) => page.evaluate(expression),
        click: (x, y) => page.mouse.click(x, y),
        type: (text) => page.keyboard.type(text),
        press: async (key, holding) => {
          if (holding) await page.keyboard.down(holding);
          await page.keyboard.press(key);
          if (holding) await page.keyboard.up(holding);
        },
        chooseFiles: async (selector, paths) => {
          const input = (await page.$(selector)) as ElementHandle<HTMLInputElement> | null;
          if (!input) throw new Error(`no ${selector}`);
          await input.uploadFile(...paths);
        },
        resize: (width, height) => page.setViewport({ width, height }),
        close: () => context.close(),
      };
      return window;
    },
    close: () => firefox.close(),
  };
}
