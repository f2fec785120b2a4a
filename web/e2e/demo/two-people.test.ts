import { it } from 'vitest';
import { phone } from '../support/phone.ts';
import { demoForTests, fieldOf, say, threadOf } from './demo.ts';

const demo = demoForTests();

it('a buyer asks from a product page and the supplier answers on a phone', async () => {
  const buyer = await demo.visit('buyer-daniel', '#/products/product-planter');
  const supplier = await demo.visit('supplier-bellandi', '#/messages', phone);

  await buyer.getByRole('button', { name: 'Ask Terre Valdoro' }).click();
  const question = 'Could you ship 400 pieces in March?';
  await say(buyer, question);
  await threadOf(buyer).getByText(question).waitFor();

  await supplier.getByRole('button', { name: question }).click();
  await threadOf(supplier).getByText(question).waitFor();
  await buyer.getByTitle('Read').last().waitFor();

  const field = fieldOf(supplier);
  await field.pressSequentially('Yes, ');
  await buyer.getByText('Terre Valdoro is typing').waitFor();
  await field.fill('Yes, in the second week.');
  await supplier.getByRole('button', { name: 'Send' }).click();
  await threadOf(buyer).getByText('Yes, in the second week.').last().waitFor();

  await supplier.getByRole('button', { name: 'Back to conversations' }).click();
  await supplier.getByRole('heading', { name: 'Conversations' }).waitFor();
});

it('both parties see an administrator join and leave', async () => {
  const complaint = 'Something is wrong';
  const id = await demo.conversation('buyer-daniel', 'company-valdoro', 'product-bowl');
  await demo.call('buyer-daniel', 'POST', `conversations/${id}/messages`, { content: complaint });
  const supplier = await demo.visit('supplier-bellandi', `#/messages/${id}`);
  const buyer = await demo.visit('buyer-daniel', `#/messages/${id}`);
  const admin = await demo.visit('admin-ines', `#/messages/${id}`);
  const parties = [buyer, supplier];
  for (const party of parties) await threadOf(party).getByText(complaint).waitFor();
  await admin.getByText('You are reading along.').waitFor();
  await admin.getByRole('button', { name: 'Join', exact: true }).click();
  for (const party of parties) await party.getByText('Inês Duarte joined the conversation').waitFor();
  await say(admin, 'What is wrong?');
  for (const party of parties) await threadOf(party).getByText('What is wrong?').waitFor();
  await admin.getByRole('button', { name: 'Leave', exact: true }).click();
  for (const party of parties) await party.getByText('Inês Duarte left the conversation').waitFor();
});
