import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Conversation } from '../../client/index.ts';

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
  const change = useCallback(
    (id: string | null) => {
      setOwn(id);
      onChange?.(id);
    },
    [onChange],
  );
  const open = useCallback((conversation: Conversation) => change(conversation.id), [change]);
  const left = useRef<string | null>(null);
  const close = useCallback(() => {
    isGoingBack.current = true;
    left.current = openId;
    change(null);
  }, [change, openId]);
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
