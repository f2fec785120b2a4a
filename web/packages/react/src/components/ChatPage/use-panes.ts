import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Conversation } from '../../client/index.ts';
import { useBack } from '../use-back.ts';

export interface Panes {
  root: RefObject<HTMLDivElement | null>;
  openId: string | null;
  open: (conversation: Conversation) => void;
  close: () => void;
}

/** Which conversation is open, and where the focus goes when that changes. */
export function usePanes(
  controlled: string | null | undefined,
  onChange: ((conversationId: string | null) => void) | undefined,
): Panes {
  const root = useRef<HTMLDivElement>(null);
  const [own, setOwn] = useState<string | null>(null);
  const openId = controlled === undefined ? own : controlled;
  const isGoingBack = useRef(false);
  const addressBefore = useRef<string | null>(null);
  const change = useCallback(
    (id: string | null) => {
      setOwn(id);
      onChange?.(id);
    },
    [onChange],
  );
  const left = useRef<string | null>(null);
  const close = useCallback(() => {
    isGoingBack.current = true;
    left.current = openId;
    change(null);
  }, [change, openId]);
  useBack(useIsOwnPage(root, openId, addressBefore), close);
  const open = useCallback(
    (conversation: Conversation) => {
      addressBefore.current = location.href;
      change(conversation.id);
    },
    [change],
  );
  useLayoutEffect(() => {
    if (openId !== null || !isGoingBack.current) return;
    isGoingBack.current = false;
    // Back in the list, the focus stands on the conversation one comes from.
    const rows = root.current?.querySelectorAll<HTMLElement>('[data-conversation]') ?? [];
    const row = Array.from(rows).find((each) => each.dataset['conversation'] === left.current);
    row?.focus();
  }, [openId]);
  return { root, openId, open, close };
}

/** Below this the list and the conversation take turns. */
const ONE_PANE_PX = 720;

/**
 * Whether Back is ours to lead from the conversation to the list: one pane is shown at a time, and the page's address does
 * not say which conversation is open, for then its own history has that already.
 */
function useIsOwnPage(
  root: RefObject<HTMLElement | null>,
  openId: string | null,
  addressBefore: RefObject<string | null>,
): boolean {
  const [isOwn, setOwn] = useState(false);
  useLayoutEffect(() => {
    const isNarrow = (root.current?.offsetWidth ?? ONE_PANE_PX) < ONE_PANE_PX;
    setOwn(openId !== null && isNarrow && addressBefore.current === location.href);
  }, [root, openId, addressBefore]);
  return isOwn;
}
