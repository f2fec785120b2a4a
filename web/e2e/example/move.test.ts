import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type Marketplace, openMarketplace } from './marketplace.ts';
import { allInHaggle, type OldChat, oldChat, traffic } from './old-chat.ts';
import { buildShop, logIn, oldThread, type Person, sayInOldPage, schemaTool } from './shop.ts';

/* The shop moves to Haggle as docs/migrating.md says, while its people go on. */
let browser: Browser;
let market: Marketplace;
beforeAll(async () => {
  buildShop();
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  market = await openMarketplace();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  await market?.close();
});

async function pageOf(person: Person): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await logIn(page, market.url, person);
  return page;
}

/** A shop whose chat has been used: by hand and by its API, with files, and with a conversation for each click. */
async function filled(): Promise<{ chat: OldChat; bea: string; cem: string; twice: string; dora: string }> {
  const chat = await oldChat(market.url, ['bea', 'cem', 'dora', 'anna']);
  const [bearing, valve] = await chat.as('bea').ask<{ id: string }[]>('GET', '/products');
  const bea = await chat.open('bea', bearing?.id);
  await chat.say('bea', bea, 'What do a thousand cost?');
  await chat.say('anna', bea, 'Two hundred euros.');
  await chat.say('bea', bea, '', ['/uploads/drawing.pdf']);
  const cem = await chat.open('cem', valve?.id);
  await chat.say('cem', cem, 'Is the lever made of steel?');
  const twice = await chat.open('cem', valve?.id);
  await chat.say('cem', twice, 'And does it fit 3/4"?');
  await chat.open('cem', bearing?.id);
  const dora = await chat.open('dora');
  for (let count = 1; count <= 120; count += 1) await chat.say('dora', dora, `Pallet ${count}`);
  return { chat, bea, cem, twice, dora };
}

/** What each has said is in Haggle once, in the order in which they said it. */
async function expectAllInHaggle(chat: OldChat): Promise<void> {
  for (const buyer of new Set(chat.buyers.values())) {
    const said = chat.said.filter((one) => chat.buyers.get(one.conversationId) === buyer);
    const inHaggle = () => allInHaggle(chat.as(buyer));
    await expect
      .poll(async () => (await inHaggle()).toSorted())
      .toEqual(said.map((one) => one.text).toSorted());
    const found = await inHaggle();
    for (const { conversationId, by } of said) {
      const own = said.filter((one) => one.conversationId === conversationId && one.by === by);
      const texts = own.map((one) => one.text).filter((text) => text !== '');
      expect(found.filter((text) => texts.includes(text))).toEqual(texts);
    }
  }
}

it('the chat moves while people write, and nothing that was acknowledged is missing or double', async () => {
  const { chat, bea, dora } = await filled();
  expect(await market.refused('serve')).toContain('haggle migrate');
  expect(await market.run('migrate', '--dry-run')).toContain('conversations: 5 found');
  expect(schemaTool(market.databaseUrl)).toContain('No changes detected');

  const writers = traffic(chat, [
    { person: 'bea', conversationId: bea },
    { person: 'anna', conversationId: bea },
    { person: 'dora', conversationId: dora },
  ]);
  await market.run('migrate');
  await market.chat.start();
  await writers.stop();
  await expectAllInHaggle(chat);
  expect(schemaTool(market.databaseUrl)).toContain('No changes detected');
});

it('old pages and the chat in the new ones show the same, while both are open', async () => {
  const { bea } = await filled();
  const customer = await pageOf('bea');
  const team = await pageOf('anna');
  await market.run('migrate');
  await market.chat.start();
  await market.deploy('both');

  // The session is the one from before the move.
  await customer.goto(market.url);
  await customer.getByRole('button', { name: 'Open chat' }).click();
  await customer.locator(`[data-conversation="${bea}"]`).click();
  const log = customer.getByRole('log');
  await log.getByText('Two hundred euros.').waitFor();

  await team.goto(`${market.url}/messages/${bea}`);
  const field = customer.getByRole('textbox', { name: /Message to/ });
  await field.fill('That is a good price.');
  await field.press('Enter');
  await oldThread(team).getByText('That is a good price.').waitFor();
  // The old page has marked it as read.
  await customer.getByTitle('Read').last().waitFor();
  await sayInOldPage(team, 'Shall we send them?');
  await log.getByText('Shall we send them?').waitFor();
  await customer.context().close();
  await team.context().close();
});

it('a conversation that is opened on either side is on the other', async () => {
  const { chat } = await filled();
  await market.run('migrate');
  await market.chat.start();
  await market.deploy('both');

  // New questions go to somebody of the team who is there.
  const team = await pageOf('anna');
  await team.getByRole('button', { name: 'Open chat' }).click();
  const isThere = () => chat.as('bea').ask<{ isOnline: boolean }>('GET', '/chat/users/anna/status');
  await expect.poll(async () => (await isThere()).isOnline).toBe(true);

  const customer = await pageOf('cem');
  await customer.goto(`${market.url}/products/steel-cable-6`);
  await customer.getByRole('button', { name: 'Open chat' }).click();
  const field = customer.getByRole('textbox', { name: /Message to/ });
  await field.fill('How much does it carry?');
  await field.press('Enter');
  // Whoever it went to is there.
  await customer.getByTitle('Delivered').last().waitFor();
  const old = await team.context().newPage();
  await old.goto(`${market.url}/messages`);
  await old.getByRole('link', { name: /How much does it carry/ }).waitFor();

  const id = await chat.open('bea');
  await chat.say('bea', id, 'Do you deliver on Saturdays?');
  await expect.poll(() => allInHaggle(chat.as('bea'))).toContain('Do you deliver on Saturdays?');
});

it('going back loses nothing that was said in Haggle, and neither does going forward again', async () => {
  const { chat, bea } = await filled();
  await market.run('migrate');
  await market.chat.start();
  const customer = chat.as('bea');
  await customer.ask('POST', `/chat/conversations/${bea}/messages`, { content: 'Said in Haggle' });
  chat.said.push({ by: 'bea', conversationId: bea, text: 'Said in Haggle' });
  await chat.say('anna', bea, 'Said in the old chat');
  await expectAllInHaggle(chat);

  await market.chat.end('SIGTERM');
  await market.run('migrate', '--revert', '--yes');
  expect(await chat.texts('bea', bea)).toEqual([
    'What do a thousand cost?',
    'Two hundred euros.',
    '',
    'Said in Haggle',
    'Said in the old chat',
  ]);
  await chat.say('bea', bea, 'Between the two');

  await market.run('migrate');
  await market.chat.start();
  await expectAllInHaggle(chat);
});

it('after the end of the move the reports of the shop and its schema tool go on', async () => {
  const { chat, bea } = await filled();
  const report = () => chat.as('anna').ask<{ customer: string }[]>('GET', '/reports/customers');
  const before = await report();
  await market.run('migrate');
  await market.chat.start();
  await market.deploy('haggle');
  await market.run('migrate', '--finish');
  // Two clicks on one product are one conversation now.
  const merged = { customer: 'Cem Aydın', conversations: 2 };
  expect(await report()).toEqual(
    before.map((row) => (row.customer === merged.customer ? { ...row, ...merged } : row)),
  );

  await chat.as('bea').ask('POST', `/chat/conversations/${bea}/messages`, { content: 'After the end' });
  await expect
    .poll(report)
    .toContainEqual(expect.objectContaining({ customer: 'Harbour Hotels', messages: 4 }));
  expect(schemaTool(market.databaseUrl, { CHAT: 'haggle' })).toContain('No changes detected');

  await market.chat.end('SIGTERM');
  await market.run('migrate', '--restore');
  await market.deploy('old');
  expect(await chat.texts('bea', bea)).toContain('After the end');
});
