import { describe } from 'vitest';
import type { Browser } from '../support/browser.ts';
import { openMarket } from '../support/market.ts';
import { composer } from './composer.ts';
import { messages } from './messages.ts';
import { pages } from './pages.ts';

/** What people do, in this browser as in any other. */
export function flowsIn(name: string, openBrowser: () => Promise<Browser>): void {
  describe(name, () => {
    const market = openMarket(openBrowser);
    messages(market);
    composer(market);
    pages(market);
  });
}
