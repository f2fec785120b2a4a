import type { ReactNode } from 'react';
import { forwardRef, useMemo } from 'react';
import type { Conversation } from '../../client/index.ts';
import { type ThreadMessage, useConversations, useMe } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import { Boundary } from '../Boundary/Boundary.tsx';
import { Button } from '../Button/Button.tsx';
import { ConnectionBanner } from '../ConnectionBanner/ConnectionBanner.tsx';
import { ConversationList } from '../ConversationList/ConversationList.tsx';
import { ConversationPane } from '../ConversationPane/ConversationPane.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { both, classes, type RootProps } from '../root-props.ts';
import { ToldPlace } from '../Told/ToldPlace.tsx';
import { useKeepFocus } from '../use-keep-focus.ts';
import styles from './ChatPage.module.css';
import { ListHead } from './ListHead.tsx';
import { useAddress } from './use-address.ts';
import { useKeyboardInset } from './use-keyboard-inset.ts';
import { usePanes } from './use-panes.ts';

export interface ChatPageProps extends RootProps {
  /** Which conversation is open; leave it out and the page keeps it to itself. */
  conversationId?: string | null;
  onConversationChange?: (conversationId: string | null) => void;
  /** In place of the list, for instance an administrator's. */
  renderList?: (list: ListSlot) => ReactNode;
  /** In place of the words shown while no conversation is open. */
  renderNothing?: () => ReactNode;
  /** Buttons in the header of the open conversation. */
  renderHeaderActions?: () => ReactNode;
  /** At the end of the details. */
  renderDetails?: (conversation: Conversation) => ReactNode;
  /** In place of a message's words, where it gives something. */
  renderBody?: (message: ThreadMessage) => ReactNode;
  /** Beside a message, before the buttons that are there. */
  renderActions?: (message: ThreadMessage) => ReactNode;
}

export interface ListSlot {
  selectedId: string | null;
  onSelect: (conversation: Conversation) => void;
}

/** The whole chat: the list beside the open conversation, or one of them at a time where it is narrow. */
export const ChatPage = forwardRef<HTMLDivElement, ChatPageProps>(function ChatPage(props, ref) {
  const labels = useLabels();
  const me = useMe();
  const panes = usePanes(props.conversationId, props.onConversationChange);
  const root = useMemo(() => both(panes.root, ref), [panes.root, ref]);
  useAddress(panes.openId, panes.openById);
  useKeyboardInset(panes.root);
  useKeepFocus(panes.root);
  const slot: ListSlot = { selectedId: panes.openId, onSelect: panes.open };
  return (
    <div
      className={classes(rootClasses.root, styles.page, props.className)}
      dir={labels.direction}
      lang={labels.locale}
      ref={root}
    >
      <ConnectionBanner />
      <div className={styles.panes} data-open={panes.openId !== null || undefined}>
        <div className={styles.list} data-haggle-list>
          <Boundary>
            {props.renderList?.(slot) ?? (
              <ConversationList
                {...slot}
                renderHeader={() => <ListHead />}
                {...(me?.role === 'admin' && { view: 'all' })}
              />
            )}
          </Boundary>
        </div>
        <div className={styles.thread} ref={panes.pane}>
          {panes.openId === null ? (
            (props.renderNothing?.() ?? <Nothing />)
          ) : (
            <Boundary actions={<Button onClick={panes.close}>{labels.common.back}</Button>} of={panes.openId}>
              <ConversationPane
                autoFocus
                conversationId={panes.openId}
                onBack={panes.close}
                renderActions={props.renderActions}
                renderBody={props.renderBody}
                renderDetails={props.renderDetails}
                renderHeaderActions={props.renderHeaderActions}
              />
            </Boundary>
          )}
        </div>
      </div>
      <ToldPlace />
    </div>
  );
});

/** An empty list says itself what to do; beside it the place stays quiet. */
function Nothing() {
  const { thread } = useLabels();
  const { conversations } = useConversations();
  return (
    <div className={styles.nothing}>
      {conversations.length > 0 && <Notice hint={thread.chooseHint} icon="chat" title={thread.choose} />}
    </div>
  );
}
