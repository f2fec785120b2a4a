import { useCallback } from 'react';
import type { Message } from '../../client/index.ts';
import { useIncomingMessage, useMe } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { isLookedAt, useTellLooking } from './looking.ts';
import { playSound } from './sound.ts';
import { usePageBadge } from './use-page-badge.ts';
import { useSetting } from './use-setting.ts';

export interface SignalsProps {
  /** The count in the title and the dot on the icon. */
  badge?: boolean;
  /** Called when somebody follows a browser notification. */
  onOpen?: (conversationId: string) => void;
}

/** What reaches somebody who looks elsewhere. Draws nothing; put it once near the root of the page. */
export function Signals({ badge = true, onOpen }: SignalsProps): null {
  const { signals } = useLabels();
  const userId = useMe()?.id ?? null;
  const [hasSound] = useSetting('sound');
  usePageBadge(badge);
  useTellLooking(userId);
  const onMessage = useCallback(
    (message: Message) => {
      if (hasSound) playSound().catch(() => undefined);
      if (!mayNotify()) return;
      isLookedAt(userId)
        .then((isLooked) => isLooked || notify(message, signals.attachment, onOpen))
        .catch(() => undefined);
    },
    [userId, hasSound, signals, onOpen],
  );
  useIncomingMessage(onMessage);
  return null;
}

function mayNotify(): boolean {
  return typeof Notification !== 'undefined' && Notification.permission === 'granted';
}

function notify(message: Message, attachment: string, onOpen?: (conversationId: string) => void): void {
  const shown = new Notification(message.senderName, {
    body: message.message || attachment,
    tag: message.conversationId,
  });
  shown.onclick = () => {
    window.focus();
    shown.close();
    onOpen?.(message.conversationId);
  };
}
