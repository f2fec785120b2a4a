import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../client/index.ts';
import { type ConversationsResult, useDrafts, useIsCutOff, useMe } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Boundary } from '../Boundary/Boundary.tsx';
import { Button } from '../Button/Button.tsx';
import { useConversationMenu } from '../ConversationMenu/use-conversation-menu.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { useNow } from '../use-now.ts';
import styles from './ConversationList.module.css';
import { isState, type TypeChoice } from './ConversationList.tsx';
import { ConversationRow } from './ConversationRow.tsx';

interface ListBodyProps {
  list: ConversationsResult;
  words: string;
  type: TypeChoice;
  selectedId: string | null;
  onSelect: (conversation: Conversation) => void;
  onShowAll: () => void;
  renderEmpty?: (() => ReactNode) | undefined;
}

/** The rows, or what to do when there are none. */
export function ListBody(props: ListBodyProps) {
  const { list, words, type } = props;
  const { conversations } = list;
  const labels = useLabels();
  const me = useMe();
  if (list.status === 'pending') return <Skeleton count={8} shape="rows" />;
  if (list.isLocal) return <Local {...props} />;
  if (list.status === 'error' && conversations.length === 0) {
    return <LoadProblem error={list.error} onRetry={list.refetch} />;
  }
  // A page of which events have moved everything away still has others behind it.
  if (conversations.length > 0 || list.hasMore) return <Rows {...props} />;
  if (words === '' && type === 'all') {
    return (
      props.renderEmpty?.() ?? (
        <Notice hint={labels.list.emptyHint(me?.role ?? null)} icon="chat" title={labels.list.empty} />
      )
    );
  }
  if (words === '' && isState(type)) {
    const { title, hint } = labels.list.noneIn[type];
    return (
      <Notice hint={hint} icon={type === 'archived' ? 'archive' : 'inbox'} title={title}>
        <Button onClick={props.onShowAll}>{labels.list.showAll}</Button>
      </Notice>
    );
  }
  const [title, hint] =
    words === '' && !isState(type)
      ? [labels.list.noneOfKind(labels.type[type]), labels.list.noneOfKindHint]
      : [labels.list.noMatch(words), labels.list.noMatchHint];
  return (
    <Notice hint={hint} icon="search" title={title}>
      <Button onClick={props.onShowAll}>{labels.list.showAll}</Button>
    </Notice>
  );
}

/** Of what this device has; the way back to the server's answer is the connection's, or a press. */
function Local(props: ListBodyProps) {
  const { list } = useLabels();
  const { common } = useLabels();
  const isNothing = props.list.conversations.length === 0;
  const again = (
    <Button icon="retry" onClick={props.list.refetch} small>
      {common.retry}
    </Button>
  );
  if (isNothing) {
    return (
      <Notice hint={list.localHint} icon="search" title={list.localNothing}>
        <Button onClick={props.onShowAll}>{list.showAll}</Button>
        {again}
      </Notice>
    );
  }
  return (
    <>
      <p className={styles.local} role="status">
        <span>{list.localHint}</span>
        {again}
      </p>
      <Rows {...props} />
    </>
  );
}

function Rows({ list, selectedId, onSelect }: ListBodyProps) {
  const { common } = useLabels();
  const me = useMe();
  const drafts = useDrafts();
  const now = useNow();
  const isCutOff = useIsCutOff();
  const end = useRef<HTMLLIElement>(null);
  const { open, menu } = useConversationMenu();
  const { conversations, hasMore, isLoadingMore, loadMore } = list;
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const has = (id: string | null) => conversations.some((each) => each.id === id);
  const stopId = [focusedId, selectedId].find(has) ?? conversations[0]?.id;
  useEffect(() => {
    if (!end.current || !hasMore || isLoadingMore) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && loadMore(), {
      rootMargin: '400px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasMore, isLoadingMore, loadMore]);
  return (
    <>
      <ul
        className={styles.rows}
        onFocus={(event) => setFocusedId(rowOf(event.target)?.dataset['conversation'] ?? null)}
        onKeyDown={moveFocus}
        // What scrolls is a stop of the Tab key in some browsers, and Enter does nothing there.
        tabIndex={-1}
      >
        {conversations.map((conversation) => (
          <li className={styles.item} key={conversation.id}>
            <Boundary isItem of={conversation.id}>
              <ConversationRow
                conversation={conversation}
                draft={drafts.get(conversation.id) ?? null}
                isCutOff={isCutOff}
                isSelected={conversation.id === selectedId}
                isStop={conversation.id === stopId}
                me={me}
                now={now}
                onMenu={open}
                onSelect={onSelect}
              />
            </Boundary>
          </li>
        ))}
        {hasMore && (
          <li className={styles.end} ref={end}>
            {/* Reached like a row. Disabled while it loads, it would lose the focus of whoever pressed it. */}
            <Button data-row onClick={loadMore} small tabIndex={-1}>
              {isLoadingMore ? common.loading : common.loadMore}
            </Button>
          </li>
        )}
      </ul>
      {menu}
    </>
  );
}

/** What the arrow keys lead to: rows, and behind them the button for more. */
const STOP = '[data-conversation], [data-row]';

/** Also of what stands beside it. */
const rowOf = (target: Element) =>
  target.closest('li')?.querySelector<HTMLElement>('[data-conversation]') ?? null;

function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const rows = Array.from(event.currentTarget.querySelectorAll<HTMLElement>(STOP));
  const target = event.target as Element;
  const row = rowOf(target);
  if (row !== null && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
    event.preventDefault();
    const menu = row.parentElement?.querySelector<HTMLElement>('[data-menu]');
    (target === menu ? row : menu)?.focus();
    return;
  }
  const from = rows.indexOf((row ?? target.closest<HTMLElement>(STOP)) as HTMLElement);
  const to = nextIndex(event.key, from, rows.length);
  if (to === null) return;
  event.preventDefault();
  rows[to]?.focus();
}

function nextIndex(key: string, from: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(from + 1, count - 1);
  if (key === 'ArrowUp') return Math.max(from - 1, 0);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}
