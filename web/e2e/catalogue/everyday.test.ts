import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { frames } from '../support/anchor.ts';
import { expectAccessible } from '../support/axe.ts';
import { phone } from '../support/phone.ts';
import { catalogueForTests } from './catalogue.ts';

const catalogue = catalogueForTests();

const bubble = (page: Page, id: string) => page.locator(`[data-message=${id}]`);
const menu = (page: Page) => page.getByRole('menu');
const field = (page: Page) => page.getByRole('textbox', { name: /Message to/ });
const isInside = (page: Page) =>
  menu(page).evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
  });

describe('the menu of a message', () => {
  it('by mouse: its button, and the second button of the mouse', async () => {
    const page = await catalogue.open('scene=lively&open=c1');
    await bubble(page, 'm64').hover();
    await bubble(page, 'm64').getByRole('button', { name: 'Message actions' }).click();
    await menu(page).getByRole('menuitem', { name: 'Reply' }).click();
    await field(page).fill('Thank you');
    await page.keyboard.press('Enter');
    const sent = page.locator('article', { hasText: 'Thank you' }).last();
    await sent.getByText('We can hold 2.40 EUR').waitFor();

    await bubble(page, 'm62').getByText('Could you hold').click({ button: 'right' });
    await menu(page).waitFor();
    expect(await isInside(page)).toBe(true);
    // A press outside closes it, and does nothing else.
    await page.locator('[data-conversation=c2]').click();
    await expect.poll(() => menu(page).count()).toBe(0);
    expect(await page.locator('[data-conversation=c1]').getAttribute('aria-current')).toBe('true');
  });

  it('by keyboard, and the focus comes back', async () => {
    const page = await catalogue.open('scene=lively&open=c1');
    await page.locator('[data-message-stop=m67][tabindex="0"]').waitFor();
    await field(page).focus();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-message-stop'));
    // The field's own buttons are on the way.
    for (let presses = 0; presses < 8 && (await focused()) === null; presses += 1)
      await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('m67');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('m64');
    await page.keyboard.press('Enter');
    await menu(page).waitFor();
    await page.keyboard.press('Escape');
    expect(await focused()).toBe('m64');
    // One stop: the next is outside of the thread.
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.closest('[role=log]'))).toBeNull();
  });

  it('by a finger that stays, at the lower edge', async () => {
    const page = await catalogue.open('scene=lively&open=c1', phone);
    const box = await bubble(page, 'm64').getByText('We can hold').boundingBox();
    const client = await page.context().newCDPSession(page);
    const touchPoints = [{ x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10 }];
    await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await menu(page).waitFor();
    await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await frames(page, 3);
    expect(await isInside(page)).toBe(true);
    expect(await menu(page).evaluate((element) => element.getBoundingClientRect().bottom)).toBe(844);
    await menu(page).getByRole('menuitem', { name: 'Reply' }).click();
    await page.getByRole('button', { name: 'Cancel the reply' }).waitFor();
  });
});

it('a press on what is answered leads there', async () => {
  const page = await catalogue.open('scene=lively&open=c1', { viewport: { width: 1000, height: 420 } });
  await bubble(page, 'm67')
    .getByRole('button', { name: /In reply to/ })
    .click();
  await page.locator('[data-target]').waitFor();
  await frames(page, 3);
  const isSeen = await bubble(page, 'm61').evaluate((element) => {
    const view = document.querySelector('[role=log]')?.getBoundingClientRect();
    const { top, bottom } = element.getBoundingClientRect();
    return view !== undefined && top < view.bottom && bottom > view.top;
  });
  expect(isSeen).toBe(true);
});

it('a correction begun and cancelled leaves the draft of before', async () => {
  const page = await catalogue.open('scene=correcting&open=c1');
  const correction = page.getByRole('textbox', { name: 'Correct your message' });
  await correction.press('Escape');
  expect(await field(page).inputValue()).toBe('Half a sentence');
});

it('the menu of a conversation by keyboard, from the list', async () => {
  const page = await catalogue.open('scene=states');
  await page.locator('[data-conversation=c2]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await menu(page).getByRole('menuitem', { name: 'Archive' }).click();
  await expect.poll(() => page.locator('[data-conversation=c2]').count()).toBe(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('[data-conversation=c2]').waitFor();
});

describe.each([
  ['light', 'theme=light', {}],
  ['dark', 'theme=dark', {}],
  ['right to left', 'lang=ar', {}],
  ['on a phone', 'theme=light', phone],
])('axe finds nothing, %s', (_name, look, options) => {
  it.each([
    'scene=lively&open=c1',
    'scene=lively&open=c1&menu=m62',
    'scene=replying&open=c1',
    'scene=correcting&open=c1',
    'scene=states',
    'scene=states&open=c1',
    'scene=closed&open=c1',
    'scene=blocked&open=c1',
    'scene=replies&open=c1',
    'scene=filed&open=c1&details',
    'scene=offers&open=c1',
    'scene=offers-ended&open=c1',
    'scene=request&open=c1',
    'scene=offer-form&open=c1',
    'scene=offer-wrong&open=c1&press=||Send the offer',
    'scene=form-aside&open=c1',
    'scene=offers&open=c1&press=||Accept',
    'scene=requests&part=answers',
    'scene=requests-closed&part=answers',
    'scene=requests-countered&part=answers',
    'scene=requests-accepted&part=answers',
    'scene=requests&part=ask',
    'scene=reports&part=reports',
  ])('in %s', async (state) => {
    const page = await catalogue.open(`${state}&${look}`, options);
    if (state.includes('menu=')) await menu(page).waitFor();
    if (state.includes('open=c1') && /scene=(offers|request)/.test(state))
      await page.getByRole('log').locator('[role=group] h4').first().waitFor();
    if (state.includes('scene=offer-')) await page.locator('form[data-haggle-clear] h3').waitFor();
    if (state.includes('replies')) await page.getByRole('listbox').waitFor();
    await expectAccessible(page);
  });
});
