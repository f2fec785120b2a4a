import { useEffect, useRef } from 'react';
import { useGoTo } from '../../hooks/index.ts';

/**
 * A link to a message opens it: `?conversation=…&message=…`, the second of them optional. Both leave the address at once, so
 * that a reload does not lead back to what was left meanwhile.
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
      for (const name of ['conversation', 'message']) address.searchParams.delete(name);
      history.replaceState(history.state, '', address);
      if (messageId) goTo(conversationId, messageId);
      if (latest.current.openId !== conversationId) latest.current.open(conversationId);
    };
    follow();
    // A page that reads its address from here, and links inside of it.
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, [goTo]);
}
