import { type ReactNode, useState } from 'react';
import type { Conversation, ConversationSettings } from '../../client/index.ts';
import { useConversationActions, useMe } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { whyOf } from '../LoadProblem/why.ts';
import { type Anchor, Menu, type MenuItem } from '../Menu/Menu.tsx';
import { isReadingAlong, othersIn, titleOf } from '../people.ts';
import { tell, tellProblem } from '../Told/told.ts';
import { BlockDialog } from './BlockDialog.tsx';
import { CloseDialog } from './CloseDialog.tsx';
import { ReportDialog } from './ReportDialog.tsx';

export interface ConversationMenuProps {
  conversation: Conversation;
  anchor: Anchor;
  /** Looks for words in the conversation; where it is not open, nobody can. */
  onSearch?: (() => void) | undefined;
  onClose: () => void;
}

type View = 'menu' | 'mute' | 'block' | 'report' | 'close';

const HOUR_MS = 3_600_000;
/** Long enough to be for good. */
const ALWAYS_MS = 10 * 365 * 24 * HOUR_MS;

/** Everything one can do with a conversation. Loaded when it is first opened. */
export default function ConversationMenu(props: ConversationMenuProps): ReactNode {
  const { conversation, onClose } = props;
  const [view, setView] = useState<View>('menu');
  switch (view) {
    case 'menu':
      return <Actions {...props} onView={setView} />;
    case 'mute':
      return <Mute {...props} />;
    case 'block':
      return <BlockDialog conversation={conversation} onClose={onClose} />;
    case 'report':
      return <ReportDialog conversationId={conversation.id} onClose={onClose} />;
    case 'close':
      return <CloseDialog conversation={conversation} onClose={onClose} />;
  }
}

/** Changes what the conversation is for the reader; says so when it does not stay. */
function useChange({ conversation, onClose }: ConversationMenuProps) {
  const labels = useLateLabels();
  const { change } = useConversationActions();
  const tried = (settings: Partial<ConversationSettings>) =>
    change(conversation, settings).catch((error: unknown) =>
      tellProblem(labels.conversation.changeFailed(whyOf(error, labels))),
    );
  return (settings: Partial<ConversationSettings>, told?: string) => () => {
    onClose();
    void tried(settings);
    const undo = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, name === 'mutedUntil' ? null : !value]),
    );
    if (told) tell(told, { label: labels.conversation.undo, act: () => void tried(undo) });
  };
}

function Actions(props: ConversationMenuProps & { onView: (view: View) => void }) {
  const { conversation, anchor, onView, onClose } = props;
  const labels = useLateLabels();
  const { conversation: words } = labels;
  const me = useMe();
  const change = useChange(props);
  const { setBlocked } = useConversationActions();
  const { isArchived, isPinned, mutedUntil, isMarkedUnread } = conversation.settings ?? {};
  const isMuted = mutedUntil != null && Date.parse(mutedUntil) > Date.now();
  const isInside = !isReadingAlong(conversation, me);
  const isAdmin = me?.role === 'admin';
  const hasOther = othersIn(conversation, me).some((person) => person.role !== 'admin');
  const isBlockedByMe = conversation.blockedBy != null && conversation.blockedBy === me?.id;
  const unblock = () => {
    onClose();
    setBlocked(conversation.id, false).catch((error: unknown) =>
      tellProblem(words.changeFailed(whyOf(error, labels))),
    );
  };
  const items: MenuItem[] = [];
  const add = (isOffered: boolean, item: MenuItem) => isOffered && items.push(item);
  add(props.onSearch !== undefined, {
    label: words.search,
    icon: 'search',
    onSelect: () => {
      onClose();
      props.onSearch?.();
    },
  });
  add(isInside, {
    label: isPinned ? words.unpin : words.pin,
    icon: 'pin',
    onSelect: change({ isPinned: !isPinned }),
  });
  add(isInside && !isMarkedUnread && conversation.unreadCount === 0, {
    label: words.markUnread,
    icon: 'unread',
    onSelect: change({ isMarkedUnread: true }),
  });
  add(isInside, {
    label: isMuted ? words.unmute : words.mute,
    icon: isMuted ? 'bell' : 'bellOff',
    onSelect: isMuted ? change({ mutedUntil: null }) : () => onView('mute'),
  });
  add(isInside, {
    label: isArchived ? words.unarchive : words.archive,
    icon: 'archive',
    onSelect: change({ isArchived: !isArchived }, isArchived ? words.unarchived : words.archived),
  });
  add(isInside && !isAdmin, { label: words.report, icon: 'flag', onSelect: () => onView('report') });
  add(isInside && !isAdmin && hasOther, {
    label: isBlockedByMe ? words.unblock : words.block,
    icon: 'block',
    isDanger: !isBlockedByMe,
    onSelect: isBlockedByMe ? unblock : () => onView('block'),
  });
  add(isAdmin, {
    label: conversation.closedAt == null ? words.close : words.reopen,
    icon: 'lock',
    isDanger: conversation.closedAt == null,
    onSelect: () => onView('close'),
  });
  const title = titleOf(conversation, me, labels);
  return <Menu anchor={anchor} items={items} label={words.menu(title)} onClose={onClose} />;
}

function Mute(props: ConversationMenuProps) {
  const { conversation: words } = useLateLabels();
  const change = useChange(props);
  const until = (ms: number) => ({ mutedUntil: new Date(Date.now() + ms).toISOString() });
  const spans: [label: string, ms: number][] = [
    [words.muteHour, HOUR_MS],
    [words.muteDay, 8 * HOUR_MS],
    [words.muteWeek, 7 * 24 * HOUR_MS],
    [words.muteAlways, ALWAYS_MS],
  ];
  const items = spans.map(
    ([label, ms]): MenuItem => ({ label, icon: 'bellOff', onSelect: change(until(ms), words.muted) }),
  );
  return <Menu anchor={props.anchor} items={items} label={words.mute} onClose={props.onClose} />;
}
