import { type ReactNode, useContext, useRef } from 'react';
import type { ThreadMessage } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { rootClasses, useAppearance } from '../../theme/index.ts';
import { Avatar } from '../Avatar/Avatar.tsx';
import { Answered } from './Answered.tsx';
import { Attachments } from './Attachments.tsx';
import styles from './Bubble.module.css';
import { BubbleActions } from './BubbleActions.tsx';
import { type ThreadActions, ThreadActionsContext } from './context.ts';
import { MessageText } from './MessageText.tsx';
import { Negotiated } from './Negotiated.tsx';
import { Problem } from './Problem.tsx';
import { Reactions } from './Reactions.tsx';
import { Receipt } from './Receipt.tsx';
import { usePress } from './use-press.ts';

export interface BubbleProps {
  message: ThreadMessage;
  isFirst: boolean;
  isLast: boolean;
  /** Whether the sender is named in sight. */
  isNamed: boolean;
  /** On the other side than what others write usually is: for a reader who is none of them. */
  isOpposite?: boolean;
  /** The reader's own newest message says its state in words. */
  isNewestMine: boolean;
  /** Where the Tab key stops in the thread. */
  isStop?: boolean;
  /** Somebody was led to this one. */
  isTarget?: boolean;
  onRetry: (key: string) => void;
  onDiscard: (key: string) => void;
}

/** One message: who, what, when, and how far it has come. */
export function Bubble({
  message,
  isFirst,
  isLast,
  isNamed,
  isOpposite = false,
  isNewestMine,
  isStop = false,
  isTarget = false,
  onRetry,
  onDiscard,
}: BubbleProps) {
  const labels = useLabels();
  const format = useFormat();
  const { avatarOf } = useAppearance();
  const at = new Date(message.createdAt);
  const name = message.senderId === null ? labels.common.formerAdmin : message.senderName;
  const actions = useContext(ThreadActionsContext);
  const isNegotiated = message.offer !== null || message.request !== null;
  const bubble = useRef<HTMLDivElement>(null);
  const mayOpen = actions !== null && message.id !== null;
  const press = usePress(mayOpen ? (anchor) => actions.openMenu(message, anchor) : null);
  return (
    <article
      {...press}
      className={styles.row}
      data-message={message.id ?? undefined}
      data-target={isTarget || undefined}
      data-first={isFirst || undefined}
      data-last={isLast || undefined}
      data-mine={message.isMine || undefined}
      data-opposite={isOpposite || undefined}
      data-status={message.status}
    >
      {!message.isMine && (
        <span className={styles.avatar}>
          {isLast && (
            <Avatar
              id={message.senderId ?? message.senderName}
              image={message.senderId && avatarOf(message.senderId)}
              name={name}
              size="sm"
            />
          )}
        </span>
      )}
      <div className={styles.column}>
        <Sender
          isFirst={isNamed}
          isMine={message.isMine}
          name={name}
          role={labels.role[message.senderType]}
        />
        <div className={styles.line}>
          <div
            className={styles.bubble}
            data-gone={message.deletedAt !== null || undefined}
            data-wide={isNegotiated || undefined}
            ref={bubble}
          >
            {message.replyTo && <Answered onGo={actions?.goTo} to={message.replyTo} />}
            <Attachments
              conversationId={message.conversationId}
              files={message.files}
              messageId={message.id}
            />
            <div className={styles.body} dir="auto">
              <Body actions={actions} message={message} />
              <span className={styles.meta}>
                {message.editedAt && message.deletedAt === null && (
                  <span title={format.full(new Date(message.editedAt))}>{labels.message.edited}</span>
                )}
                <time dateTime={message.createdAt} title={format.full(at)}>
                  {format.time(at)}
                </time>
                {message.isMine && <Receipt inWords={isNewestMine} status={message.status} />}
              </span>
            </div>
          </div>
          <BubbleActions bubble={bubble} isStop={isStop} message={message} />
        </div>
        {message.reactions.length > 0 && actions && (
          <Reactions mayWrite={actions.mayWrite} message={message} nameOf={actions.nameOf} />
        )}
        {message.status === 'failed' && (
          <Problem
            message={message}
            onDiscard={() => onDiscard(message.key)}
            onRetry={() => onRetry(message.key)}
          />
        )}
      </div>
    </article>
  );
}

/** Its words, or in their place that there are none any more. */
function Body({ message, actions }: { message: ThreadMessage; actions: ThreadActions | null }): ReactNode {
  const { message: words } = useLabels();
  if (message.deletedAt !== null) {
    const isBySender = message.deletedBy === null || message.deletedBy === message.senderId;
    const said = message.isMine ? words.takenBackByMe : words.takenBack(message.senderName);
    return <p className={styles.gone}>{isBySender ? said : words.removed}</p>;
  }
  const own = actions?.renderBody?.(message);
  if (own != null) return own;
  const text = message.text && <MessageText text={message.text} />;
  if (message.offer === null && message.request === null) return text;
  return <Negotiated message={message}>{text}</Negotiated>;
}

interface SenderProps {
  name: string;
  role: string;
  isFirst: boolean;
  isMine: boolean;
}

/** In sight on the first of a run by somebody else; for screen readers on every message. */
function Sender({ name, role, isFirst, isMine }: SenderProps): ReactNode {
  const { common } = useLabels();
  if (isMine) return <span className={rootClasses.visuallyHidden}>{common.you}</span>;
  if (!isFirst) return <span className={rootClasses.visuallyHidden}>{name}</span>;
  return (
    <span className={styles.sender}>
      <bdi className={styles.name}>{name}</bdi> <span className={styles.role}>{role}</span>
    </span>
  );
}
