import { useEffect, useRef } from 'react';
import { useGoTo } from '../../hooks/index.ts';
import { listenToWorker, wanted } from './wanted.ts';

/**
 * A link to a message opens it: `?conversation=…&message=…`, the second of them optional. Both leave the address at once, so
 * that a reload does not lead back to what was left meanwhile; a conversation that is open already was read from there by
 * the page, and stays. A notification that somebody chose does the same.
 */
export function useAddress(openId: string | null, open: (conversationId: string) => void): void {
  const goTo = useGoTo();
  const latest = useRef({ openId, open });
  latest.current = { openId, open };
  useEffect(() => {
    const follow = () => {
      const address = new URL(location.href);
      const conversationId = address.searchParams.get('conversation');
      if (!conversationId) return;
      const messageId = address.searchParams.get('message');
      const isOpen = latest.current.openId === conversationId;
      if (!isOpen) address.searchParams.delete('conversation');
      address.searchParams.delete('message');
      history.replaceState(history.state, '', address);
      if (messageId) goTo(conversationId, messageId);
      if (!isOpen) latest.current.open(conversationId);
    };
    follow();
    listenToWorker();
    const openWanted = () => {
      const id = wanted.get();
      if (id === null) return;
      wanted.set(null);
      latest.current.open(id);
    };
    openWanted();
    const stopWanting = wanted.subscribe(openWanted);
    // A page that reads its address from here, and links inside of it.
    window.addEventListener('popstate', follow);
    return () => {
      window.removeEventListener('popstate', follow);
      stopWanting();
    };
  }, [goTo]);
}
