import {
  AdminPage,
  ChatPage,
  ChatWidget,
  Composer,
  ConversationList,
  HaggleProvider,
  MessageThread,
  SignalSettings,
  Signals,
} from '@haggle/react';
import type { ReactNode } from 'react';

/** What a framework draws on its server first: each of these alone, and all that a shop shows at once. */
export const places: Record<string, () => ReactNode> = {
  page: () => <ChatPage />,
  'page with a conversation': () => <ChatPage conversationId="c1" />,
  administrator: () => <AdminPage />,
  widget: () => <ChatWidget />,
  'open widget': () => <ChatWidget open product={{ id: 'p1', name: 'Bolt', supplierId: 's1' }} />,
  parts: () => (
    <>
      <ConversationList onSelect={() => undefined} />
      <MessageThread conversationId="c1" />
      <Composer autoFocus conversationId="c1" />
      <SignalSettings />
    </>
  ),
};

export const Shop = ({ server, children }: { server: string; children: ReactNode }) => (
  <HaggleProvider baseUrl={server} getToken={async () => null}>
    <Signals />
    {children}
  </HaggleProvider>
);
