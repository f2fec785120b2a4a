import { AdminPage, ChatPage } from '@haggle/react';
import { useCallback, useRef } from 'react';
import { go, hrefs } from '../shop/route.ts';
import { useShop } from '../shop/ShopContext.tsx';
import styles from './MessagesPage.module.css';

/** The whole chat in one component; the address says which conversation is open. */
export function MessagesPage({ id }: { id: string | null }) {
  const { me } = useShop();
  const shown = useRef(id);
  shown.current = id;
  const cameFromList = useRef(false);
  const onChange = useCallback((conversationId: string | null) => {
    // Back to the list is back, so that the browser's own button does not open what was closed.
    if (conversationId === null && cameFromList.current) history.back();
    else go(hrefs.messages(conversationId));
    cameFromList.current = conversationId !== null && shown.current === null;
  }, []);
  const Chat = me.role === 'admin' ? AdminPage : ChatPage;
  return (
    <>
      <h1 className={styles.title}>{me.role === 'admin' ? 'Conversations' : 'Messages'}</h1>
      <Chat conversationId={id} onConversationChange={onChange} />
    </>
  );
}
