import { memo } from 'react';
import type { Conversation, Me } from '../../client/index.ts';
import { useLastSender } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { isWaiting } from '../../query/people.ts';
import { rootClasses, useAppearance } from '../../theme/index.ts';
import { Avatar } from '../Avatar/Avatar.tsx';
import { usePress } from '../Bubble/use-press.ts';
import { IconButton } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import type { IconName } from '../Icon/paths.ts';
import type { Anchor } from '../Menu/Menu.tsx';
import { Names } from '../Names/Names.tsx';
import { namedIn, othersIn, titleOf } from '../people.ts';
import { UnreadBadge } from '../UnreadBadge/UnreadBadge.tsx';
import { useCompany } from '../use-company.ts';
import styles from './ConversationList.module.css';

interface ConversationRowProps {
  conversation: Conversation;
  me: Me | null;
  now: Date;
  draft: string | null;
  isSelected: boolean;
  /** The list is one stop of the Tab key, at this row. */
  isStop: boolean;
  /** Without a connection nobody knows who is online. */
  isCutOff: boolean;
  onSelect: (conversation: Conversation) => void;
  onMenu: (conversation: Conversation, anchor: Anchor) => void;
}

export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, me, now, draft, isSelected, isStop, isCutOff, onSelect, onMenu } = props;
  const labels = useLabels();
  const format = useFormat();
  const { avatarOf } = useAppearance();
  const named = namedIn(conversation, me);
  // With both sides named there is no room for more.
  const company = useCompany(named.length === 1 ? named[0] : null);
  const title = titleOf(conversation, me, labels);
  const shown = othersIn(conversation, me)[0] ?? null;
  const isOnline = !isCutOff && (shown?.isOnline ?? false);
  const at = new Date(conversation.lastMessageAt ?? conversation.createdAt);
  const press = usePress((anchor) => onMenu(conversation, anchor));
  const { isPinned, isMarkedUnread, mutedUntil } = conversation.settings ?? {};
  const isMuted = mutedUntil != null && Date.parse(mutedUntil) > now.getTime();
  const isMarked = isMarkedUnread === true && conversation.unreadCount === 0;
  return (
    <div className={styles.place} {...press}>
      <button
        data-conversation={conversation.id}
        aria-current={isSelected || undefined}
        className={styles.row}
        data-unread={conversation.unreadCount > 0 || isMarked || undefined}
        onClick={() => onSelect(conversation)}
        tabIndex={isStop ? 0 : -1}
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
              {company && <bdi className={styles.company}>{company}</bdi>}
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
            <Preview conversation={conversation} draft={draft} me={me} />
            {conversation.offer && (
              <span className={styles.offer} data-state={conversation.offer.state}>
                {labels.list.offers[conversation.offer.state]}
              </span>
            )}
            {isWaiting(conversation) && me?.role === 'admin' && (
              <span className={styles.tag}>{labels.admin.unassigned}</span>
            )}
            {isMuted && <Mark icon="bellOff" words={labels.list.muted} />}
            {isPinned && <Mark icon="pin" words={labels.list.pinned} />}
            {isMarked && (
              <span className={styles.dot} title={labels.list.markedUnread}>
                <span className={rootClasses.visuallyHidden}>{labels.list.markedUnread}</span>
              </span>
            )}
            {conversation.unreadCount > 0 && (
              <span className={isMuted ? styles.quiet : undefined}>
                <UnreadBadge count={conversation.unreadCount} />
              </span>
            )}
          </span>
        </span>
      </button>
      <span className={styles.more}>
        <IconButton
          aria-haspopup="menu"
          data-menu
          icon="more"
          label={labels.list.actions}
          onClick={(event) => onMenu(conversation, event.currentTarget.getBoundingClientRect())}
          // The arrow key to the side leads here: the list stays one stop.
          tabIndex={-1}
        />
      </span>
    </div>
  );
});

function Mark({ icon, words }: { icon: IconName; words: string }) {
  return (
    <span className={styles.mark} title={words}>
      <Icon name={icon} size={16} />
      <span className={rootClasses.visuallyHidden}>{words}</span>
    </span>
  );
}

interface PreviewProps {
  conversation: Conversation;
  draft: string | null;
  me: Me | null;
}

function Preview({ conversation, draft, me }: PreviewProps) {
  const { list } = useLabels();
  const isMine = useLastSender(conversation) === me?.id && conversation.lastMessage !== null;
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
      {isMine && <span className={styles.you}>{list.you}</span>}
      <bdi>
        {conversation.lastMessage === '' ? list.takenBack : (conversation.lastMessage ?? list.noMessages)}
      </bdi>
    </span>
  );
}
