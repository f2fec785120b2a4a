import { AdminPage, ChatPage } from '@haggle/react';
import { useCallback } from 'react';
import { go, hrefs } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import styles from './MessagesPage.module.css';

/** The whole chat in one component; the address says which conversation is open. */
export function MessagesPage({ id }: { id: string | null }) {
  const { me } = useShop();
  const onChange = useCallback((conversationId: string | null) => go(hrefs.messages(conversationId)), []);
  const Chat = me.role === 'admin' ? AdminPage : ChatPage;
  return (
    <>
      <h1 className={styles.title}>{me.role === 'admin' ? 'Conversations' : 'Messages'}</h1>
      <Chat conversationId={id} onConversationChange={onChange} />
    </>
  );
}
