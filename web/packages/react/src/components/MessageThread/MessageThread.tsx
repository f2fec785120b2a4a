import {
  type ForwardedRef,
  forwardRef,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useState,
} from 'react';
import type { Conversation } from '../../client/index.ts';
import {
  type MessagesResult,
  type ThreadMessage,
  useConversation,
  useFirstUnread,
  useMarkRead,
  useMe,
  useMembershipEvents,
  useMessages,
  useSendMessage,
} from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { ThreadActionsContext } from '../Bubble/context.ts';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { isReadingAlong, peopleIn, titleOf } from '../people.ts';
import { classes, type RootProps } from '../root-props.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { Announcer } from './Announcer.tsx';
import { eventsBetween } from './events.ts';
import styles from './MessageThread.module.css';
import { rowsOf } from './rows.ts';
import { ThreadRows } from './ThreadRows.tsx';
import { Typing } from './Typing.tsx';
import { useNames } from './use-names.ts';
import { useThreadActions } from './use-thread-actions.tsx';

export interface MessageThreadProps extends RootProps {
  conversationId: string;
  /** In place of the words that invite to a first message. */
  renderEmpty?: () => ReactNode;
  /** In place of a message's words, where it gives something. */
  renderBody?: (message: ThreadMessage) => ReactNode;
  /** Beside a message, before the buttons that are there. */
  renderActions?: (message: ThreadMessage) => ReactNode;
}

/** The messages of one conversation, newest at the bottom. */
export const MessageThread = forwardRef<HTMLDivElement, MessageThreadProps>(
  function MessageThread(props, ref) {
    return <Thread {...props} innerRef={ref} key={props.conversationId} />;
  },
);

function Thread(props: MessageThreadProps & { innerRef: ForwardedRef<HTMLDivElement> }) {
  const { conversationId, renderEmpty, renderBody, renderActions } = props;
  const labels = useLabels();
  const me = useMe();
  const { conversation } = useConversation(conversationId);
  const messages = useMessages(conversationId);
  const { retry, discard } = useSendMessage(conversationId);
  const firstUnread = useFirstUnread(conversationId);
  const { messages: loaded, hasOlder, hasNewer } = messages;
  const oldest = loaded.find(({ seq }) => seq !== null);
  const happened = useMembershipEvents(conversationId, oldest?.seq ?? null);
  const events = useMemo(
    () => eventsBetween({ messages: loaded, hasOlder, hasNewer }, happened, labels),
    [loaded, hasOlder, hasNewer, happened, labels],
  );
  const nameOf = useNames(conversation);
  const systemText = useCallback(
    ({ text, system, senderName }: ThreadMessage) => {
      const name = system?.actorId ? nameOf(system.actorId) : senderName;
      return (system && labels.message.happened[system.event]?.(name, system.reason ?? null)) ?? text;
    },
    [nameOf, labels],
  );
  const [seen, setSeen] = useState<{ id: string; seq: number } | null>(null);
  const joined = conversation !== null && !isReadingAlong(conversation, me);
  useMarkRead(joined ? conversationId : null, seen);
  const onSeen = useCallback((newest: { id: string; seq: number }) => setSeen(newest), []);
  const firstUnreadSeq = firstUnread?.seq ?? null;
  const isReady = useUnreadLoaded(messages, firstUnreadSeq);
  const isPair = joined && peopleIn(conversation).length === 2;
  const rows = useMemo(
    () => rowsOf(loaded, { isComplete: !hasOlder, firstUnreadSeq, events, isPair, systemText }),
    [loaded, hasOlder, firstUnreadSeq, events, isPair, systemText],
  );
  const { actions, menu, dialog } = useThreadActions(conversation, {
    conversationId,
    renderBody,
    renderActions,
  });
  const name = conversation ? titleOf(conversation, me, labels) : '';
  if (messages.messages.length === 0 && messages.status === 'error') {
    return <LoadProblem error={messages.error} onRetry={messages.refetch} />;
  }
  if (messages.status === 'pending' || !conversation || !isReady)
    return <Skeleton count={7} shape="bubbles" />;
  return (
    <ThreadActionsContext.Provider value={actions}>
      <div className={classes(styles.thread, props.className)} ref={props.innerRef}>
        {messages.messages.length === 0 ? (
          (renderEmpty?.() ?? <Empty conversation={conversation} mayWrite={joined} name={name} />)
        ) : (
          <ThreadRows
            conversationId={conversationId}
            hasSides={!joined}
            lastSeq={conversation.lastSeq}
            messages={messages}
            name={name}
            onDiscard={discard}
            onRetry={retry}
            onSeen={onSeen}
            rows={rows}
          />
        )}
        <Typing conversationId={conversationId} />
        <Announcer messages={messages.messages} openedAtSeq={conversation.lastSeq} />
        {menu}
        {dialog}
      </div>
    </ThreadActionsContext.Provider>
  );
}

interface EmptyProps {
  conversation: Conversation;
  name: string;
  mayWrite: boolean;
}

function Empty({ conversation, name, mayWrite }: EmptyProps) {
  const { thread, list } = useLabels();
  if (!mayWrite) return <Notice icon="chat" title={list.noMessages} />;
  const isTrade = conversation.type === 'buyer_supplier';
  return <Notice hint={thread.emptyHint(name, isTrade)} icon="chat" title={thread.empty} />;
}

/** Pages fetched to reach the first unread message before the thread is shown. */
const PAGES_TO_UNREAD = 20;

/** False while the first unread message is older than what is loaded and still worth fetching. */
function useUnreadLoaded(messages: MessagesResult, firstUnreadSeq: number | null): boolean {
  const [pages, setPages] = useState(0);
  const oldest = messages.messages.find((message) => message.seq !== null)?.seq ?? null;
  const isAway =
    firstUnreadSeq !== null &&
    oldest !== null &&
    oldest > firstUnreadSeq &&
    messages.hasOlder &&
    !messages.hasNewer;
  const isWaiting = isAway && pages < PAGES_TO_UNREAD;
  const { loadOlder, isLoadingOlder } = messages;
  useEffect(() => {
    if (!isWaiting || isLoadingOlder) return;
    setPages((count) => count + 1);
    loadOlder().catch(() => setPages(PAGES_TO_UNREAD));
  }, [isWaiting, isLoadingOlder, loadOlder]);
  return !isWaiting;
}
