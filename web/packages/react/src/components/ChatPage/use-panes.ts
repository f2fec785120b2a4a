import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Conversation } from '../../client/index.ts';
import { focusPlace, isFocusLost, rowIn } from '../lost-focus.ts';
import { useBack } from '../use-back.ts';

export interface Panes {
  root: RefObject<HTMLDivElement | null>;
  /** Around the open conversation. */
  pane: RefObject<HTMLDivElement | null>;
  openId: string | null;
  open: (conversation: Conversation) => void;
  openById: (conversationId: string) => void;
  close: () => void;
}

/** Which conversation is open, and where the focus goes when that changes. */
export function usePanes(
  controlled: string | null | undefined,
  onChange: ((conversationId: string | null) => void) | undefined,
): Panes {
  const root = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
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
  const close = useCallback(() => {
    isGoingBack.current = true;
    change(null);
  }, [change]);
  useBack(useIsOwnPage(root, openId, addressBefore), close);
  const openById = useCallback(
    (id: string) => {
      addressBefore.current = location.href;
      change(id);
    },
    [change],
  );
  const open = useCallback(({ id }: Conversation) => openById(id), [openById]);
  const before = useRef(openId);
  // Whoever changed it, the host page's own history included: where one pane is shown at a time, the other one has gone.
  useLayoutEffect(() => {
    const left = before.current;
    before.current = openId;
    const isBack = isGoingBack.current;
    isGoingBack.current = false;
    if (!root.current || left === openId || !(isBack || isFocusLost(root.current))) return;
    if (openId !== null) return pane.current ? focusPlace(pane.current) : undefined;
    // Back in the list, the focus stands on the conversation one comes from.
    const place = rowIn(root.current, left) ?? root.current.querySelector<HTMLElement>('[data-haggle-list]');
    if (place) focusPlace(place);
  }, [openId]);
  return { root, pane, openId, open, openById, close };
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
