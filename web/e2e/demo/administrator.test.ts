import { expect, it } from 'vitest';
import { demoForTests, threadOf } from './demo.ts';

const demo = demoForTests();

it('an administrator reads who did what in a conversation, also what they do themselves meanwhile', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  await demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content: 'Good morning' });
  const admin = await demo.visit('admin-ines', `#/messages/${id}`);
  await threadOf(admin).getByText('Good morning').waitFor();
  await admin.getByRole('button', { name: 'Details' }).click();
  const trail = admin.getByRole('list', { name: 'Activity' });
  const lines = () => trail.getByRole('listitem').allInnerTexts();
  for (const line of [
    /Daniel .* Started the conversation/,
    /Terre Valdoro .* Sent a message/,
    /You .* Looked at it without joining/,
  ])
    await expect.poll(lines).toContainEqual(expect.stringMatching(line));
  expect((await lines()).every((line) => /127\.0\.0\.1/.test(line))).toBe(true);

  await admin.getByRole('button', { name: 'Join', exact: true }).click();
  await expect.poll(lines).toContainEqual(expect.stringMatching(/You .* Joined/));
  await admin.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect.poll(lines).toContainEqual(expect.stringMatching(/You .* Left/));
});

it('everybody sees where an administrator joined and left, also on a device that was not there', async () => {
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-planter');
  const tell = (text: string) =>
    demo.call('supplier-bellandi', 'POST', `conversations/${id}/messages`, { content: text });
  await tell('First words');
  const live = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await threadOf(live).getByText('First words').waitFor();
  const admin = await demo.visit('admin-ines', `#/messages/${id}`);
  await admin.getByRole('button', { name: 'Join', exact: true }).click();
  await threadOf(live)
    .getByText(/ joined the conversation$/)
    .waitFor();
  await tell('Middle words');
  await threadOf(admin).getByText('Middle words').waitFor();
  await admin.getByRole('button', { name: 'Leave', exact: true }).click();
  await threadOf(live)
    .getByText(/ left the conversation$/)
    .waitFor();
  await tell('Last words');
  const fresh = await demo.visit('buyer-daniel', `#/messages/${id}`);
  await Promise.all([live.reload(), admin.reload()]);
  for (const page of [live, admin, fresh]) {
    await threadOf(page).getByText('Last words').waitFor();
    const order = async () => {
      const text = await threadOf(page).textContent();
      return text?.match(/(First|Middle|Last) words|(joined|left) the conversation/g);
    };
    await expect
      .poll(order)
      .toEqual([
        'First words',
        'joined the conversation',
        'Middle words',
        'left the conversation',
        'Last words',
      ]);
  }
});
