import type { Page, WebSocket } from 'playwright-core';
import { expect, it } from 'vitest';
import { expectComplaints, networkIsAway } from '../support/guard.ts';
import { bubble, demoForTests, fieldOf, say, threadOf } from './demo.ts';

const demo = demoForTests();

declare global {
  interface Window {
    giveLocks: () => void;
  }
}

function holdLocks(): void {
  // An empty page has none.
  if (navigator.locks === undefined) return;
  const request = navigator.locks.request.bind(navigator.locks) as (...asked: unknown[]) => Promise<unknown>;
  const given = new Promise<void>((give) => {
    window.giveLocks = give;
  });
  Object.assign(navigator.locks, { request: (...asked: unknown[]) => given.then(() => request(...asked)) });
}

const open = (productId: string) => demo.conversation('buyer-daniel', 'company-valdoro', productId);

it('a reload shows the same conversation, with the draft that was not sent', async () => {
  const id = await open('product-planter');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await say(page, 'Before the reload');
  await page.getByTitle('Sent').or(page.getByTitle('Delivered')).last().waitFor();
  await fieldOf(page).fill('Half a sent');
  await page.reload();
  await bubble(page, 'Before the reload').waitFor();
  await expect.poll(() => fieldOf(page).inputValue()).toBe('Half a sent');
  await fieldOf(page).fill('');
});

it('five tabs of one person share one socket, and hear and show everything once', async () => {
  const id = await open('product-bowl');
  const sockets = new Map<WebSocket, Page>();
  const first = await demo.visit(null);
  first.context().on('page', (page) =>
    page.on('websocket', (socket) => {
      sockets.set(socket, page);
      socket.on('close', () => sockets.delete(socket));
    }),
  );
  const countSockets = () => [...sockets.values()].filter((page) => !page.isClosed()).length;
  const tabs = [];
  for (let count = 0; count < 5; count += 1)
    tabs.push(await demo.tab(first, 'buyer-daniel', `#/messages/${id}`));
  for (const tab of tabs) await fieldOf(tab).waitFor();
  await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content: 'To every tab' });
  for (const tab of tabs) await bubble(tab, 'To every tab').waitFor();
  expect(countSockets()).toBe(1);

  // The tab that holds the socket is the first; another takes over.
  await tabs.shift()?.close();
  await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content: 'To the others' });
  for (const tab of tabs) {
    await bubble(tab, 'To the others').waitFor();
    expect(await bubble(tab, 'To the others').count()).toBe(1);
  }
  await expect.poll(countSockets).toBe(1);
});

it('offline: a banner, reading goes on, what is written waits in order and is sent once', async () => {
  expectComplaints(networkIsAway);
  const id = await open('product-dinner-plate');
  await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content: 'Known before' });
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await bubble(page, 'Known before').waitFor();
  await page.context().setOffline(true);
  await page.getByText('You are offline.').waitFor();
  for (const text of ['One', 'Two', 'Three']) await say(page, text);
  await expect.poll(() => threadOf(page).getByTitle('Waiting to be sent').count()).toBe(3);
  await bubble(page, 'Known before').waitFor();
  await page.context().setOffline(false);
  await expect
    .poll(async () => (await demo.texts('buyer-daniel', id)).slice(-3))
    .toEqual(['One', 'Two', 'Three']);
  await expect.poll(() => threadOf(page).getByTitle('Waiting to be sent').count()).toBe(0);
  await page.getByText('You are offline.').waitFor({ state: 'detached' });
});

it('offline: a tab that has no socket yet when the network goes says so, too', async () => {
  expectComplaints(networkIsAway);
  const id = await open('product-dinner-plate');
  await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, {
    content: 'Before the lock',
  });
  const first = await demo.visit(null);
  // On a busy machine the browser gives a tab its lock long after the messages are there.
  await first.context().addInitScript(holdLocks);
  const page = await demo.tab(first, 'buyer-daniel', `#/messages/${id}`);
  await bubble(page, 'Before the lock').waitFor();
  await page.context().setOffline(true);
  await page.evaluate(() => window.giveLocks());
  await page.getByText('You are offline.').waitFor();
  await page.context().setOffline(false);
  await page.getByText('You are offline.').waitFor({ state: 'detached' });
});

it('a server that is killed and started in mid-conversation loses and doubles nothing', async () => {
  expectComplaints(networkIsAway);
  const id = await open('product-floor-tile');
  const buyer = await demo.visit('buyer-daniel', `#/messages/${id}`);
  const supplier = await demo.visit('supplier-bellandi', `#/messages/${id}`);
  await fieldOf(supplier).waitFor();
  await say(buyer, 'Before');
  await bubble(supplier, 'Before').waitFor();
  await demo.kill();
  await say(buyer, 'While it was away 1');
  await say(buyer, 'While it was away 2');
  await demo.start();
  await bubble(supplier, 'While it was away 2').waitFor({ timeout: 60_000 });
  await say(supplier, 'And after');
  await bubble(buyer, 'And after').waitFor({ timeout: 60_000 });
  const all = ['Before', 'While it was away 1', 'While it was away 2', 'And after'];
  expect((await demo.texts('buyer-daniel', id)).slice(-4)).toEqual(all);
  for (const page of [buyer, supplier])
    for (const text of all) expect(await bubble(page, text).count()).toBe(1);
});

it('what was not loaded before the connection went says so, and is there when it is back', async () => {
  expectComplaints(networkIsAway);
  const id = await open('product-planter');
  const page = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await fieldOf(page).waitFor();
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Details' }).click();
  await page.getByText(/Not available offline|The server cannot be reached/).waitFor();
  await page.context().setOffline(false);
  await page.getByRole('heading', { name: 'People' }).waitFor();
});
