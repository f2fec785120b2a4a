import axe from 'axe-core';
import { beforeEach, expect, it, vi } from 'vitest';
import { AdminPage } from './AdminPage/AdminPage.tsx';
import { ChatPage } from './ChatPage/ChatPage.tsx';
import { ChatWidget } from './ChatWidget/ChatWidget.tsx';
import { stubBrowser } from './testing/browser.ts';
import { admin, buyer, conversation, message, own } from './testing/fixtures.ts';
import type { Scene } from './testing/scene.ts';
import { show } from './testing/show.tsx';

vi.mock('../hooks/index.ts', () => import('./testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const file = { id: 'f', name: 'a.pdf', type: 'application/pdf', size: 9, url: '/a.pdf' };
const picture = { id: 'g', name: 'b.png', type: 'image/png', size: 9, width: 8, height: 6, url: '/b.png' };
const talk: Partial<Scene> = {
  me: buyer,
  conversations: [conversation({ unreadCount: 3 })],
  messages: {
    c1: [
      message(1, { files: [file, picture] }),
      own(2, { status: 'read' }),
      own(3, { id: null, seq: null, status: 'failed' }),
    ],
  },
};
const tote = { id: 'p', name: 'Cotton tote', supplierId: 's1' };

/* Structure, names and roles; colours and sizes are looked at in a browser. */
it.each([
  ['a conversation', talk, <ChatPage conversationId="c1" key="c" />],
  ['the list alone', talk, <ChatPage key="c" />],
  ['no conversation', { me: buyer }, <ChatPage key="c" />],
  ['what failed', { listStatus: 'error' as const }, <ChatPage key="c" />],
  ["an administrator's view", { ...talk, me: admin }, <AdminPage conversationId="c1" key="c" />],
  ['the closed widget', talk, <ChatWidget key="c" />],
  ['the open widget', talk, <ChatWidget key="c" open />],
  ['a new conversation', talk, <ChatWidget key="c" open product={tote} />],
])('axe finds nothing in %s', async (_name, scene, element) => {
  const { container } = show(scene, <main>{element}</main>);
  const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});
