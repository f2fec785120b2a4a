import { type ReactNode, useState } from 'react';
import {
  type ThreadMessage,
  useDraft,
  useLimits,
  useMe,
  useMessageActions,
  useWriting,
} from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { useAppearance } from '../../theme/index.ts';
import { replyToOf } from '../Bubble/reply-to.ts';
import { IconButton } from '../Button/Button.tsx';
import { ReportDialog } from '../ConversationMenu/ReportDialog.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { type Anchor, Menu, type MenuItem } from '../Menu/Menu.tsx';
import { tell, tellProblem } from '../Told/told.ts';
import { copyText } from './copy.ts';
import { linkTo } from './link-to.ts';
import styles from './MessageMenu.module.css';
import { rightsOn } from './rights.ts';
import { TakeBack } from './TakeBack.tsx';
import { Versions } from './Versions.tsx';

export interface MessageMenuProps {
  message: ThreadMessage;
  anchor: Anchor;
  /** The reader sits in the conversation and may write there. */
  mayWrite: boolean;
  nameOf: (userId: string) => string;
  onClose: () => void;
}

/** In the order in which people need them in a trade. */
const QUICK = ['👍', '✅', '👀', '🙏', '🎉', '❓'];
const MORE = [
  '👌',
  '💯',
  '❤️',
  '😀',
  '😄',
  '🙂',
  '😅',
  '🤔',
  '😕',
  '😢',
  '👏',
  '🤝',
  '🔥',
  '⭐',
  '🚚',
  '📦',
  '🕒',
  '📞',
  '💶',
  '📄',
  '➕',
  '➖',
  '⚠️',
  '❌',
];

type View = 'menu' | 'take-back' | 'versions' | 'report';

/** Everything one can do with a message. Loaded when it is first opened. */
export default function MessageMenu(props: MessageMenuProps): ReactNode {
  const { message, onClose } = props;
  const [view, setView] = useState<View>('menu');
  if (view === 'take-back') return <TakeBack message={message} onClose={onClose} />;
  if (view === 'report' && message.id !== null)
    return <ReportDialog conversationId={message.conversationId} messageId={message.id} onClose={onClose} />;
  if (view === 'versions') return <Versions message={message} onClose={onClose} />;
  return <Actions {...props} onView={setView} />;
}

function Actions(props: MessageMenuProps & { onView: (view: View) => void }) {
  const { message, anchor, mayWrite, nameOf, onView, onClose } = props;
  const labels = useLateLabels();
  const { menu } = labels;
  const me = useMe();
  const limits = useLimits();
  const { messageHref } = useAppearance();
  const draft = useDraft(message.conversationId);
  const writing = useWriting(message.conversationId);
  const correction = useDraft(`correct ${message.id}`);
  const rights = rightsOn(message, { me, limits, mayWrite, now: Date.now() });
  const copy = (text: string, done: string) => {
    onClose();
    copyText(text).then(
      () => tell(done),
      () => tellProblem(menu.copyFailed),
    );
  };
  const write = (how: () => void) => () => {
    onClose();
    how();
  };
  const items: MenuItem[] = [];
  const add = (isOffered: boolean, item: MenuItem) => isOffered && items.push(item);
  add(rights.mayAnswer, {
    label: menu.reply,
    icon: 'reply',
    onSelect: write(() => writing.set({ kind: 'reply', to: replyToOf(message, labels) })),
  });
  add(message.text !== '', {
    label: menu.copy,
    icon: 'copy',
    onSelect: () => copy(message.text, menu.copied),
  });
  add(rights.mayAnswer && message.text !== '', {
    label: menu.quote,
    icon: 'quote',
    onSelect: write(() => {
      writing.set({ kind: 'reply', to: replyToOf(message, labels) });
      const quoted = message.text.replace(/^/gm, '> ');
      draft.setText([draft.text, `${quoted}\n`].filter(Boolean).join('\n'));
    }),
  });
  add(message.id !== null, {
    label: menu.copyLink,
    icon: 'link',
    onSelect: () => copy(linkTo(message, messageHref), menu.linkCopied),
  });
  add(rights.mayCorrect, {
    label: menu.correct,
    icon: 'pencil',
    onSelect: write(() => {
      if (correction.text === '') correction.setText(message.text);
      writing.set({ kind: 'correct', messageId: message.id ?? '', text: message.text });
    }),
  });
  add(me?.role === 'admin' && (message.editedAt ?? message.deletedAt) !== null, {
    label: menu.versions,
    icon: 'history',
    onSelect: () => onView('versions'),
  });
  add(rights.mayReport, { label: menu.report, icon: 'flag', onSelect: () => onView('report') });
  add(rights.mayTakeBack, {
    label: menu.takeBack,
    icon: 'trash',
    isDanger: true,
    onSelect: () => onView('take-back'),
  });
  return (
    <Menu
      anchor={anchor}
      foot={<Reactions message={message} nameOf={nameOf} />}
      head={rights.mayAnswer && <QuickReactions message={message} onClose={onClose} />}
      items={items}
      label={menu.message(message.senderName)}
      onClose={onClose}
    />
  );
}

/** The reactions of most use at once, the others behind a press. */
function QuickReactions({ message, onClose }: { message: ThreadMessage; onClose: () => void }) {
  const labels = useLateLabels();
  const { menu } = labels;
  const me = useMe();
  const { react } = useMessageActions(message.conversationId);
  const [hasMore, setMore] = useState(false);
  const isMine = (emoji: string) =>
    message.reactions.some((one) => one.emoji === emoji && one.userIds.includes(me?.id ?? ''));
  const toggle = (emoji: string) => {
    onClose();
    react(message.id ?? '', emoji, !isMine(emoji)).catch((error: unknown) =>
      tellProblem(labels.message.reactFailed(whyOf(error, labels))),
    );
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a menu
    <div aria-label={menu.react} className={styles.reactions} role="group">
      {(hasMore ? [...QUICK, ...MORE] : QUICK).map((emoji) => (
        <button
          aria-checked={isMine(emoji)}
          className={styles.emoji}
          key={emoji}
          onClick={() => toggle(emoji)}
          role="menuitemcheckbox"
          tabIndex={-1}
          type="button"
        >
          {emoji}
        </button>
      ))}
      {!hasMore && (
        <IconButton
          icon="smile"
          label={menu.moreReactions}
          onClick={() => setMore(true)}
          role="menuitem"
          tabIndex={-1}
        />
      )}
    </div>
  );
}

/** Who has reacted, in full. */
function Reactions({ message, nameOf }: Pick<MessageMenuProps, 'message' | 'nameOf'>) {
  if (message.reactions.length === 0) return null;
  return (
    <div className={styles.who}>
      {message.reactions.map((one) => (
        <p key={one.emoji}>
          <span>{one.emoji}</span> <bdi>{one.userIds.map(nameOf).join(', ')}</bdi>
        </p>
      ))}
    </div>
  );
}
