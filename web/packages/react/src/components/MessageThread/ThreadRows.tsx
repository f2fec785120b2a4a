import { memo, type ReactNode, useEffect, useMemo } from 'react';
import { assertNever } from '../../client/assert-never.ts';
import type { MessagesResult } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { Boundary } from '../Boundary/Boundary.tsx';
import { Bubble } from '../Bubble/Bubble.tsx';
import { JumpToNewest } from './JumpToNewest.tsx';
import styles from './MessageThread.module.css';
import type { MessageRow, ThreadRow } from './rows.ts';
import { useGoingTo } from './use-going-to.ts';
import { useLoading } from './use-loading.ts';
import { useNewestSeen } from './use-newest-seen.ts';
import { useStop } from './use-stop.ts';
import { type ThreadScroll, useThreadScroll } from './use-thread-scroll.ts';

export interface ThreadRowsProps {
  conversationId: string;
  name: string;
  rows: readonly ThreadRow[];
  /** The reader is nobody of them: each side of the trade has its own side. */
  hasSides: boolean;
  messages: MessagesResult;
  /** The newest place in the whole conversation. */
  lastSeq: number;
  onRetry: (key: string) => void;
  onDiscard: (key: string) => void;
  /** The newest stored message that was in sight. */
  onSeen: (seen: { id: string; seq: number }) => void;
}

/** The rows that are in sight, out of any number. */
export function ThreadRows(props: ThreadRowsProps) {
  const { conversationId, name, rows, messages, lastSeq, onSeen } = props;
  const { thread } = useLabels();
  const scroll = useThreadScroll(conversationId, rows, messages.hasNewer);
  const newestMine = useMemo(() => newestMineKey(rows), [rows]);
  const seenSeq = useNewestSeen(scroll, rows, onSeen);
  useLoading(scroll.items, rows.length, messages);
  useFollowOwn(scroll, rows, messages);
  const shownKey = useGoingTo(conversationId, rows, messages, scroll.show);
  const { stopKey, onFocus, onKeyDown } = useStop(scroll, rows);
  const jump = async () => {
    const isFar = messages.hasNewer;
    if (isFar) await messages.jumpToNewest();
    scroll.scrollToEnd(isFar ? 'auto' : smoothly());
  };
  return (
    <div className={styles.view}>
      <div
        aria-label={thread.label(name)}
        aria-live="off"
        className={styles.scroller}
        onFocus={onFocus}
        onKeyDown={onKeyDown}
        ref={scroll.scroller}
        role="log"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <div className={styles.canvas} style={{ blockSize: scroll.rows.getTotalSize() }}>
          {scroll.items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div
                  className={styles.row}
                  data-index={item.index}
                  key={item.key}
                  ref={scroll.rows.measureElement}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <Boundary isItem of={row.key}>
                    <Row
                      hasSides={props.hasSides}
                      isStop={row.key === stopKey}
                      isTarget={row.key === shownKey}
                      isNewestMine={row.key === newestMine}
                      onDiscard={props.onDiscard}
                      onRetry={props.onRetry}
                      row={row}
                    />
                  </Boundary>
                </div>
              )
            );
          })}
        </div>
      </div>
      {messages.isLoadingOlder && (
        <div className={styles.older} role="status">
          {thread.loadingOlder}
        </div>
      )}
      {(!scroll.isAtEnd || messages.hasNewer) && (
        <JumpToNewest count={Math.max(0, lastSeq - seenSeq)} onJump={jump} />
      )}
    </div>
  );
}

interface RowProps {
  row: ThreadRow;
  hasSides: boolean;
  isStop: boolean;
  isTarget: boolean;
  isNewestMine: boolean;
  onRetry: (key: string) => void;
  onDiscard: (key: string) => void;
}

/** Drawn once; scrolling only moves it. */
const Row = memo(function Row(props: RowProps): ReactNode {
  const { row, hasSides, isNewestMine, isStop, isTarget, onRetry, onDiscard } = props;
  const { thread } = useLabels();
  const format = useFormat();
  switch (row.kind) {
    case 'start':
      return <p className={styles.note}>{thread.start}</p>;
    case 'day':
      return <h3 className={styles.day}>{format.day(row.at, new Date())}</h3>;
    case 'unread':
      return <h3 className={styles.unread}>{thread.newMessages}</h3>;
    case 'event':
      return <p className={styles.note}>{row.text}</p>;
    case 'message':
      return (
        <Bubble
          isFirst={row.isFirst}
          isLast={row.isLast}
          isNamed={row.isNamed}
          isOpposite={hasSides && row.message.senderType === 'supplier'}
          isNewestMine={isNewestMine}
          isStop={isStop}
          isTarget={isTarget}
          message={row.message}
          onDiscard={onDiscard}
          onRetry={onRetry}
        />
      );
    default:
      return assertNever(row);
  }
});

/** Whoever sends wants to see it go, wherever they were reading. */
function useFollowOwn(scroll: ThreadScroll, rows: readonly ThreadRow[], messages: MessagesResult): void {
  const { hasNewer, jumpToNewest } = messages;
  const { scrollToEnd } = scroll;
  const last = rows.at(-1);
  const key = last?.kind === 'message' && last.message.isMine && last.message.seq === null ? last.key : null;
  useEffect(() => {
    if (key === null) return;
    if (hasNewer) jumpToNewest().catch(() => undefined);
    else scrollToEnd();
  }, [key, hasNewer, jumpToNewest, scrollToEnd]);
}

function newestMineKey(rows: readonly ThreadRow[]): string | null {
  const row = rows.findLast((each): each is MessageRow => each.kind === 'message' && each.message.isMine);
  return row?.key ?? null;
}

function smoothly(): 'auto' | 'smooth' {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
}
