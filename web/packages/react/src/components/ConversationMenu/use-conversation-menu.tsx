import { type ReactNode, useCallback, useState } from 'react';
import type { Conversation } from '../../client/index.ts';
import { Late, latePart } from '../Late/Late.tsx';
import type { Anchor } from '../Menu/Menu.tsx';

const menuPart = latePart(() => import('./ConversationMenu.tsx'));

/** The menu of a conversation, to be drawn where `menu` stands. */
export function useConversationMenu(onSearch?: () => void): {
  open: (conversation: Conversation, anchor: Anchor) => void;
  menu: ReactNode;
} {
  const [opened, setOpened] = useState<{ conversation: Conversation; anchor: Anchor } | null>(null);
  const close = useCallback(() => setOpened(null), []);
  const open = useCallback(
    (conversation: Conversation, anchor: Anchor) => setOpened({ conversation, anchor }),
    [],
  );
  const menu = opened && (
    <Late
      key={opened.conversation.id}
      onFail={close}
      part={menuPart}
      props={{ ...opened, onSearch, onClose: close }}
    />
  );
  return { open, menu };
}
