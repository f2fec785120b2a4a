import type { BrowserContext, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { bubble, demoForTests, fieldOf } from './demo.ts';

const demo = demoForTests();

interface Shown {
  title: string;
  body: string | undefined;
  follow: () => void;
}

declare global {
  interface Window {
    /** Notes that were played, and notifications that were shown, by this tab. */
    notes: number;
    shown: Shown[];
    /** Looks away from this tab, or at it again. */
    look: (isHere: boolean) => void;
  }
}

/** Pages of this browser, from the next one on, remember what they let be heard and seen. */
async function record(context: BrowserContext): Promise<void> {
  await context.grantPermissions(['notifications']);
  await context.addInitScript(() => {
    window.notes = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      window.notes += 1;
      return start.call(this, when);
    };
    window.shown = [];
    window.Notification = class extends EventTarget {
      static readonly permission = 'granted';
      onclick: (() => void) | null = null;
      close = () => undefined;
      constructor(title: string, options?: NotificationOptions) {
        super();
        window.shown.push({ title, body: options?.body, follow: () => this.onclick?.() });
      }
    } as unknown as typeof Notification;
    window.look = (isHere) => {
      document.hasFocus = () => isHere;
      window.dispatchEvent(new Event(isHere ? 'focus' : 'blur'));
    };
  });
}

/** Tabs of the buyer that have heard whatever there was, and that somebody has touched. */
async function tabsOf(count: number, hash: string): Promise<Page[]> {
  const login = await demo.visit(null);
  await record(login.context());
  await login.evaluate(() => localStorage.setItem('haggle:sound', 'on'));
  const tabs: Page[] = [];
  for (let at = 0; at < count; at += 1) {
    const tab = await demo.tab(login, 'buyer-daniel', hash);
    await fieldOf(tab).click();
    tabs.push(tab);
  }
  await login.close();
  return tabs;
}

const open = () => demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
const write = (id: string, content: string) =>
  demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content });
const sum = async (tabs: Page[], count: (tab: Page) => Promise<number>) =>
  (await Promise.all(tabs.map(count))).reduce((all, one) => all + one, 0);
const notes = (tab: Page) => tab.evaluate(() => window.notes);
const shown = (tab: Page) => tab.evaluate(() => window.shown.map(({ title, body }) => `${title}: ${body}`));

it('a message sounds once, however many tabs are open', async () => {
  const id = await open();
  const tabs = await tabsOf(2, `#/messages/${id}`);
  for (const text of ['One', 'Two', 'Three']) {
    const before = await sum(tabs, notes);
    await write(id, text);
    for (const tab of tabs) await bubble(tab, text).waitFor();
    // Two notes are one sound.
    await expect.poll(() => sum(tabs, notes)).toBe(before + 2);
  }
  expect(await sum(tabs, notes)).toBe(6);
});

it('who looks elsewhere gets one notification that leads to the message; who looks at any tab gets none', async () => {
  const id = await open();
  const other = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  const tabs = await tabsOf(2, `#/messages/${other}`);
  const [first, second] = tabs as [Page, Page];
  const all = async () => (await Promise.all(tabs.map(shown))).flat();
  const heard = async (text: string) => {
    await write(id, text);
    for (const tab of tabs) await tab.locator(`[data-conversation="${id}"]`).getByText(text).waitFor();
  };

  await heard('Both are looked at');
  await first.evaluate(() => window.look(false));
  await heard('The second is looked at');
  await first.evaluate(() => window.look(true));
  await second.evaluate(() => window.look(false));
  await heard('The first is looked at');
  await first.evaluate(() => window.look(false));
  await heard('Nobody looks');
  await expect.poll(all).toEqual(['Terre Valdoro: Nobody looks']);

  for (const tab of tabs) await tab.evaluate(() => window.shown[0]?.follow());
  await expect
    .poll(() => tabs.map((tab) => new URL(tab.url()).hash).sort())
    .toEqual([`#/messages/${other}`, `#/messages/${id}`].sort());
});

it('while something is unread there is a count in the title and a dot on the icon', async () => {
  const id = await open();
  const page = await demo.visit('buyer-daniel', '#/products');
  const icon = () => page.locator('link[rel~=icon]').getAttribute('href');
  const readAll = async () => {
    const { conversations } = await demo.call<{ conversations: { id: string; unreadCount: number }[] }>(
      'buyer-daniel',
      'GET',
      'conversations',
    );
    for (const each of conversations.filter((one) => one.unreadCount > 0))
      await demo.call('buyer-daniel', 'PATCH', `conversations/${each.id}/read`, {});
  };
  await readAll();
  await expect.poll(() => page.title()).not.toMatch(/^\(/);
  const [title, plain] = [await page.title(), await icon()];
  await write(id, 'Are you there?');
  await expect.poll(() => page.title()).toBe(`(1) ${title}`);
  await expect.poll(icon).toMatch(/^blob:/);
  expect(await page.evaluate(colourOfDot)).toEqual([217, 45, 32, 255]);
  await readAll();
  await expect.poll(() => page.title()).toBe(title);
  await expect.poll(icon).toMatch(new RegExp(`${plain}$`));
});

async function colourOfDot(): Promise<number[]> {
  const image = new Image();
  image.src = document.querySelector<HTMLLinkElement>('link[rel~=icon]')?.href ?? '';
  await image.decode();
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  pen?.drawImage(image, 0, 0);
  return [...(pen?.getImageData(46, 46, 1, 1).data ?? [])];
}
