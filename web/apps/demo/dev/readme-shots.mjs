import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from './browser.mjs';

/*
 * The pictures of the README, from a running `haggle demo`: node readme-shots.mjs [address] [folder]
 */
const pictures = fileURLToPath(new URL('../../../../docs/screenshots', import.meta.url));
const [address = 'http://127.0.0.1:8080', folder = pictures] = process.argv.slice(2);
const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };

const openConversation = (nth) => async (page) => {
  await page.locator('[data-conversation]').nth(nth).click();
  await page.getByRole('log').waitFor();
};
const openDetails = async (page) => {
  await openConversation(1)(page);
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByRole('list', { name: 'Activity' }).waitFor();
};
const ask = async (page) => {
  await page.getByRole('button', { name: /^Ask / }).click();
  await page
    .getByRole('textbox', { name: /Message to/ })
    .fill('Good morning, what would 400 pieces cost, DAP Lyon?');
};

const shots = [
  ['light', 'buyer-amelie', '#/messages', { ...desktop, colorScheme: 'light' }, openConversation(4)],
  ['dark', 'buyer-amelie', '#/messages', { ...desktop, colorScheme: 'dark' }, openConversation(4)],
  ['phone', 'supplier-bellandi', '#/messages', { ...phone, colorScheme: 'light' }, openConversation(0)],
  ['widget', 'buyer-amelie', '#/products/product-planter', { ...desktop, colorScheme: 'light' }, ask],
  ['administrator', 'admin-ines', '#/messages', { ...desktop, colorScheme: 'light' }, openDetails],
];

mkdirSync(folder, { recursive: true });
const browser = await launch();
// A market has people in it.
const present = ['supplier-moreau', 'supplier-lima', 'buyer-omar', 'supplier-bellandi', 'buyer-ingrid'];
for (const person of present) {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${address}/?as=${person}#/products`);
  await page.waitForLoadState('networkidle');
}
for (const [name, person, hash, options, act] of shots) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${address}/?as=${person}${hash}`);
  await page.waitForLoadState('networkidle');
  await act(page);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await context.close();
}
await browser.close();
