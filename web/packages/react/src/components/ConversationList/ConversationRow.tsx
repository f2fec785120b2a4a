import { memo } from 'react';
import type { Conversation, Me } from '../../client/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { isWaiting } from '../../query/people.ts';
import { rootClasses, useAppearance } from '../../theme/index.ts';
import { Avatar } from '../Avatar/Avatar.tsx';
import { Icon } from '../Icon/Icon.tsx';
import { Names } from '../Names/Names.tsx';
import { othersIn, titleOf } from '../people.ts';
import { UnreadBadge } from '../UnreadBadge/UnreadBadge.tsx';
import styles from './ConversationList.module.css';

interface ConversationRowProps {
  conversation: Conversation;
  me: Me | null;
  now: Date;
  draft: string | null;
  isSelected: boolean;
  /** Without a connection nobody knows who is online. */
  isCutOff: boolean;
  onSelect: (conversation: Conversation) => void;
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, me, now, draft, isSelected, isCutOff, onSelect } = props;
  const labels = useLabels();
  const format = useFormat();
  const { avatarOf } = useAppearance();
  const title = titleOf(conversation, me, labels);
  const shown = othersIn(conversation, me)[0] ?? null;
  const isOnline = !isCutOff && (shown?.isOnline ?? false);
  const at = new Date(conversation.lastMessageAt ?? conversation.createdAt);
  return (
    <button
      data-conversation={conversation.id}
      aria-current={isSelected || undefined}
      className={styles.row}
      data-unread={conversation.unreadCount > 0 || undefined}
      onClick={() => onSelect(conversation)}
      type="button"
    >
      <Avatar
        id={shown?.id ?? conversation.id}
        image={shown && avatarOf(shown.id)}
        name={shown?.name ?? title}
        online={isOnline}
      />
      <span className={styles.lines}>
        <span className={styles.first}>
          <span className={styles.title}>
            <Names conversation={conversation} me={me} />
          </span>
          {isOnline && <span className={rootClasses.visuallyHidden}>{labels.common.online}</span>}
          <time className={styles.time} dateTime={at.toISOString()} title={format.full(at)}>
            {format.stamp(at, now)}
          </time>
        </span>
        {conversation.product && (
          <span className={styles.product}>
            <Icon name="box" size={16} />
            <bdi>{conversation.product.name}</bdi>
          </span>
        )}
        <span className={styles.last}>
          <Preview conversation={conversation} draft={draft} />
          {isWaiting(conversation) && me?.role === 'admin' && (
            <span className={styles.tag}>{labels.admin.unassigned}</span>
          )}
          <UnreadBadge count={conversation.unreadCount} />
        </span>
      </span>
    </button>
  );
});

function Preview({ conversation, draft }: { conversation: Conversation; draft: string | null }) {
  const { list } = useLabels();
  if (draft?.trim()) {
    return (
      <span className={styles.preview}>
        <span className={styles.draft}>{list.draft}</span>
        <bdi>{draft}</bdi>
      </span>
    );
  }
  return (
    <span className={styles.preview}>
      <bdi>{conversation.lastMessage ?? list.noMessages}</bdi>
    </span>
  );
}
