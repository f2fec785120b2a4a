import type { ReactNode, RefObject } from 'react';
import type { Conversation } from '../../client/index.ts';
import { useIsCutOff, useMe } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { useAppearance } from '../../theme/index.ts';
import { Avatar } from '../Avatar/Avatar.tsx';
import { IconButton } from '../Button/Button.tsx';
import { useConversationMenu } from '../ConversationMenu/use-conversation-menu.tsx';
import { Names } from '../Names/Names.tsx';
import { isReadingAlong, othersIn, titleOf } from '../people.ts';
import styles from './ConversationHeader.module.css';
import { JoinLeave } from './JoinLeave.tsx';
import { PresenceLine } from './PresenceLine.tsx';

export interface ConversationHeaderProps {
  conversation: Conversation;
  /** With it there is a way back to the list. */
  onBack?: (() => void) | undefined;
  /** With it one can look for words in the conversation. */
  onSearch?: (() => void) | undefined;
  details?: { isOpen: boolean; onToggle: () => void } | undefined;
  backRef?: RefObject<HTMLButtonElement | null> | undefined;
  /** Behind the other buttons. */
  renderActions?: (() => ReactNode) | undefined;
}

/** Whom one is talking with, whether they are there, and what one can do about the conversation. */
export function ConversationHeader(props: ConversationHeaderProps) {
  const { conversation, onBack, details, backRef, renderActions } = props;
  const labels = useLabels();
  const me = useMe();
  const isCutOff = useIsCutOff();
  const { avatarOf } = useAppearance();
  const others = othersIn(conversation, me);
  const title = titleOf(conversation, me, labels);
  const first = others[0];
  const { open, menu } = useConversationMenu(props.onSearch);
  return (
    <header className={styles.header}>
      {onBack && (
        <IconButton directional icon="back" label={labels.common.back} onClick={onBack} ref={backRef} />
      )}
      <Avatar
        id={first?.id ?? conversation.id}
        image={first && avatarOf(first.id)}
        name={first?.name ?? title}
        online={!isCutOff && (first?.isOnline ?? false)}
      />
      <div className={styles.who}>
        <h2 className={styles.title}>
          <Names conversation={conversation} me={me} />
        </h2>
        <PresenceLine others={others} />
      </div>
      <div className={styles.actions}>
        {!isReadingAlong(conversation, me) && me?.role === 'admin' && (
          <JoinLeave conversation={conversation} />
        )}
        {renderActions?.()}
        <IconButton
          aria-haspopup="menu"
          icon="more"
          label={labels.list.actions}
          onClick={(event) => open(conversation, event.currentTarget.getBoundingClientRect())}
        />
        {menu}
        {details && (
          <IconButton
            aria-expanded={details.isOpen}
            icon="info"
            label={labels.header.details}
            onClick={details.onToggle}
          />
        )}
      </div>
    </header>
  );
}
