import { useEffect } from 'react';
import { useUnreadCount } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { badgedIcon } from './badge-icon.ts';

/** The count before the page's title, and a dot on its icon, while something is unread. */
export function usePageBadge(isOn: boolean): void {
  const { signals } = useLabels();
  const count = useUnreadCount();
  useEffect(() => {
    if (!isOn || count === 0) return;
    // The page may set its own title meanwhile, so the count is put before whatever stands there.
    const titled = () => {
      const bare = document.title.replace(/^\(\d+\) /, '');
      const wanted = signals.title(count, bare);
      if (document.title !== wanted) document.title = wanted;
    };
    titled();
    const observer = new MutationObserver(titled);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
      document.title = document.title.replace(/^\(\d+\) /, '');
    };
  }, [isOn, count, signals]);
  const hasUnread = isOn && count > 0;
  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
    if (!hasUnread || !link) return;
    const plain = link.href;
    let isOver = false;
    let badged: string | null = null;
    badgedIcon(plain)
      .then((url) => {
        badged = url;
        if (url && !isOver) link.href = url;
      })
      .catch(() => undefined);
    return () => {
      isOver = true;
      link.href = plain;
      if (badged) URL.revokeObjectURL(badged);
    };
  }, [hasUnread]);
}
