import { type ReactNode, useMemo, useState } from 'react';
import type { Conversation } from '../../client/index.ts';
import { type ThreadMessage, useGoTo, useMe, useWriting } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import type { ThreadActions } from '../Bubble/context.ts';
import { replyToOf } from '../Bubble/reply-to.ts';
import { useNegotiator, useStartForm } from '../Composer/negotiation.ts';
import { Late, latePart } from '../Late/Late.tsx';
import type { Anchor } from '../Menu/Menu.tsx';
import { mayWriteIn } from '../people.ts';
import { useNames } from './use-names.ts';

const menuPart = latePart(() => import('../MessageMenu/MessageMenu.tsx'));

interface Slots {
  conversationId: string;
  renderBody?: ThreadActions['renderBody'];
  renderActions?: ThreadActions['renderActions'];
}

/** What the messages of a thread let people do, and the menu that is open. */
export function useThreadActions(
  conversation: Conversation | null,
  { conversationId, renderBody, renderActions }: Slots,
): { actions: ThreadActions; menu: ReactNode; dialog: ReactNode } {
  const labels = useLabels();
  const me = useMe();
  const goTo = useGoTo();
  const nameOf = useNames(conversation);
  const { set } = useWriting(conversationId);
  const [open, setOpen] = useState<{ message: ThreadMessage; anchor: Anchor } | null>(null);
  const [dialog, showDialog] = useState<ReactNode>(null);
  const mayWrite = conversation !== null && mayWriteIn(conversation, me);
  const negotiator = useNegotiator(conversation, me);
  const { buyer, supplier } = conversation?.participants ?? {};
  const counterpart = (negotiator === 'buyer' ? supplier?.name : negotiator && buyer?.name) ?? null;
  const startForm = useStartForm(conversationId);
  const actions = useMemo<ThreadActions>(
    () => ({
      mayWrite,
      nameOf,
      openMenu: (message, anchor) => setOpen({ message, anchor }),
      reply: (message) => set({ kind: 'reply', to: replyToOf(message, labels) }),
      goTo: (messageId) => goTo(conversationId, messageId),
      negotiator,
      counterpart,
      showDialog,
      startForm,
      renderBody,
      renderActions,
    }),
    [
      mayWrite,
      nameOf,
      set,
      labels,
      goTo,
      conversationId,
      negotiator,
      counterpart,
      startForm,
      renderBody,
      renderActions,
    ],
  );
  const close = () => setOpen(null);
  const menu = open && (
    <Late
      key={open.message.key}
      onFail={close}
      part={menuPart}
      props={{ ...open, mayWrite, nameOf, onClose: close }}
    />
  );
  return { actions, menu, dialog };
}
