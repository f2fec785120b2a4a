import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Demo, openDemo, visit } from './demo.ts';

let demo: Demo;
let browser: Browser;

beforeAll(async () => {
  demo = await openDemo();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await demo?.close();
});

/* Of the kinds that the OWASP cheat sheet on filter evasion lists; each would call `attack`. */
const payloads = [
  '<script>attack()</script>',
  '<img src=x onerror=attack()>',
  '<svg/onload=attack()>',
  '<svg><script>attack()</script></svg>',
  '<iframe srcdoc="<script>parent.attack()</script>"></iframe>',
  '<a href="javascript:attack()">click</a>',
  '<math><mtext></p><img src=x onerror=attack()>',
  '<details open ontoggle=attack()>',
  '<input autofocus onfocus=attack()>',
  '"><img src=x onerror=attack()>',
  "';attack();//",
  '</textarea><script>attack()</script>',
  '<<script>attack()//<</script>',
  '<img src="x` `<script>attack()</script>"` `>',
  '<style>@import "javascript:attack()"</style>',
  '<form><button formaction=javascript:attack()>x',
  '<noscript><p title="</noscript><img src=x onerror=attack()>">',
  '<template><img src=x onerror=attack()></template>',
  'javascript:attack()',
  'https://example.com/"onmouseover="attack()',
  'data:text/html,<script>attack()</script>',
  '{{attack()}} <%= attack() %>',
  '\u202Ejavascript:attack()',
];

it('no text that somebody writes runs or becomes markup', async () => {
  const { id } = await demo.call<{ id: string }>('buyer-amelie', 'POST', 'conversations', {
    supplierId: 'company-brandt',
    productId: 'product-wood-screw',
  });
  // The conversation opens at the first of ours, also on a demo that runs already.
  await demo.call('supplier-brandt', 'PATCH', `conversations/${id}/read`, {});
  const marks = payloads.map((_, index) => `[${Date.now()}-${index}]`);
  for (const [index, payload] of payloads.entries()) {
    const content = `${marks[index]} ${payload}`;
    await demo.call('buyer-amelie', 'POST', `conversations/${id}/messages`, { content });
  }
  const { page, context, complaints } = await visit(browser, demo.url, 'supplier-brandt');
  await page.evaluate(() =>
    Object.assign(window, { attacked: 0, attack: () => Object.assign(window, { attacked: 1 }) }),
  );
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/messages/${id}`);
  const log = page.getByRole('log');
  await log.getByText(marks[0] ?? '').waitFor();
  for (let screen = 0; screen < 8; screen++) {
    expect(await log.locator('script, iframe, style, form, input, svg[onload], [onerror]').count()).toBe(0);
    const addresses = await log.getByRole('link').evaluateAll((links) =>
      links.map((link) => {
        link.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
        return link.getAttribute('href');
      }),
    );
    for (const address of addresses) expect(address).toMatch(/^https?:\/\//);
    await log.evaluate((element) => element.scrollBy(0, element.clientHeight / 2));
  }
  await log.getByText(marks.at(-1) ?? '').waitFor();
  expect(await page.evaluate(() => (window as unknown as { attacked: number }).attacked)).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});
