import { type ReactNode, useMemo } from 'react';
import type { ThreadMessage } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { rootClasses, useAppearance } from '../../theme/index.ts';
import { Avatar } from '../Avatar/Avatar.tsx';
import { Attachments } from './Attachments.tsx';
import styles from './Bubble.module.css';
import { partsOf } from './links.ts';
import { Problem } from './Problem.tsx';
import { Receipt } from './Receipt.tsx';

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
  onRetry,
  onDiscard,
}: BubbleProps) {
  const labels = useLabels();
  const format = useFormat();
  const { avatarOf } = useAppearance();
  const at = new Date(message.createdAt);
  const name = message.senderId === null ? labels.common.formerAdmin : message.senderName;
  return (
    <article
      className={styles.row}
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
        <div className={styles.bubble}>
          <Attachments conversationId={message.conversationId} files={message.files} messageId={message.id} />
          <div className={styles.body} dir="auto">
            {message.text && <MessageText text={message.text} />}
            <span className={styles.meta}>
              <time dateTime={message.createdAt} title={format.full(at)}>
                {format.time(at)}
              </time>
              {message.isMine && <Receipt inWords={isNewestMine} status={message.status} />}
            </span>
          </div>
        </div>
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

function MessageText({ text }: { text: string }) {
  const parts = useMemo(() => partsOf(text), [text]);
  if (parts.length === 1 && !parts[0]?.href) return <p className={styles.text}>{text}</p>;
  return (
    <p className={styles.text}>
      {parts.map((part, index) =>
        part.href ? (
          <a
            dir="auto"
            href={part.href}
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text never move
            key={index}
            rel="noopener noreferrer nofollow ugc"
            // The telephone and the mail open beside the page anyway; a new tab for them would stay empty.
            target={part.href.startsWith('http') ? '_blank' : undefined}
          >
            {part.text}
          </a>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <span key={index}>{part.text}</span>
        ),
      )}
    </p>
  );
}
