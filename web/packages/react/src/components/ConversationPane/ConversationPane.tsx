import { forwardRef, type ReactNode, type RefObject, useRef, useState } from 'react';
import type { Conversation } from '../../client/index.ts';
import { useConversation, useConversationActions, useMe } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Boundary } from '../Boundary/Boundary.tsx';
import { Button, IconButton } from '../Button/Button.tsx';
import { Composer } from '../Composer/Composer.tsx';
import { LazyDetails } from '../ConversationDetails/LazyDetails.tsx';
import { ConversationHeader } from '../ConversationHeader/ConversationHeader.tsx';
import { JoinLeave } from '../ConversationHeader/JoinLeave.tsx';
import { Late, latePart } from '../Late/Late.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { MessageThread, type MessageThreadProps } from '../MessageThread/MessageThread.tsx';
import { ProductCard } from '../ProductCard/ProductCard.tsx';
import { isReadingAlong, titleOf } from '../people.ts';
import { classes, type RootProps } from '../root-props.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { tellProblem } from '../Told/told.ts';
import { isPhone, useBack } from '../use-back.ts';
import styles from './ConversationPane.module.css';

const searchPart = latePart(() => import('../ConversationSearch/ConversationSearch.tsx'));

export interface ConversationPaneProps extends RootProps {
  conversationId: string;
  onBack?: (() => void) | undefined;
  backRef?: RefObject<HTMLButtonElement | null> | undefined;
  autoFocus?: boolean;
  /** Without room for a side panel there are no details. */
  hasDetails?: boolean;
  renderHeaderActions?: (() => ReactNode) | undefined;
  /** In place of a message's words, and more beside it. */
  renderBody?: MessageThreadProps['renderBody'] | undefined;
  renderActions?: MessageThreadProps['renderActions'] | undefined;
  /** At the end of the details. */
  renderDetails?: ((conversation: Conversation) => ReactNode) | undefined;
}

/** One conversation with everything that belongs to it. */
export const ConversationPane = forwardRef<HTMLDivElement, ConversationPaneProps>(
  function ConversationPane(props, ref) {
    const { conversationId, onBack, backRef, autoFocus = false, hasDetails = true } = props;
    const { conversation, status, error, refetch } = useConversation(conversationId);
    const labels = useLabels();
    const me = useMe();
    const main = useRef<HTMLElement>(null);
    const [isOpen, setOpen] = useState(false);
    const [isSearching, setSearching] = useState(false);
    const endSearch = () => {
      setSearching(false);
      main.current?.querySelector<HTMLElement>('[aria-haspopup=menu]')?.focus();
    };
    const close = () => {
      setOpen(false);
      main.current?.querySelector<HTMLElement>('[aria-expanded]')?.focus();
    };
    // There they lie over the whole conversation.
    useBack(isOpen && isPhone(), close);
    if (!conversation) {
      // However long it takes, and whatever becomes of it, there is a way out.
      const wayOut = status !== 'error' && onBack && (
        <IconButton directional icon="back" label={labels.common.back} onClick={onBack} ref={backRef} />
      );
      return (
        <div className={classes(styles.pane, props.className)} ref={ref}>
          <section className={styles.main}>
            {(wayOut || props.renderHeaderActions) && (
              <header className={styles.bare}>
                {wayOut}
                <span className={styles.actions}>{props.renderHeaderActions?.()}</span>
              </header>
            )}
            {status !== 'error' ? (
              <Skeleton count={7} shape="bubbles" />
            ) : (
              <LoadProblem error={error} onRetry={refetch}>
                {onBack && <Button onClick={onBack}>{labels.common.back}</Button>}
              </LoadProblem>
            )}
          </section>
        </div>
      );
    }
    return (
      <div className={classes(styles.pane, props.className)} data-details={isOpen || undefined} ref={ref}>
        <section aria-label={titleOf(conversation, me, labels)} className={styles.main} ref={main}>
          <ConversationHeader
            backRef={backRef}
            conversation={conversation}
            details={hasDetails ? { isOpen, onToggle: () => setOpen(!isOpen) } : undefined}
            onBack={onBack}
            onSearch={() => setSearching(true)}
            renderActions={props.renderHeaderActions}
          />
          {isSearching && (
            <Late
              key={conversationId}
              onFail={endSearch}
              part={searchPart}
              props={{ conversationId, onClose: endSearch }}
            />
          )}
          {conversation.product && (
            <div className={styles.product}>
              <ProductCard product={conversation.product} />
            </div>
          )}
          <Boundary of={conversationId}>
            <MessageThread
              conversationId={conversationId}
              {...(props.renderBody && { renderBody: props.renderBody })}
              {...(props.renderActions && { renderActions: props.renderActions })}
            />
          </Boundary>
          <Boundary of={conversationId}>
            <Writing autoFocus={autoFocus} conversation={conversation} dropTarget={main} />
          </Boundary>
        </section>
        {isOpen && (
          <div className={styles.side}>
            <Boundary actions={<Button onClick={close}>{labels.common.close}</Button>} of={conversationId}>
              <LazyDetails conversation={conversation} onClose={close} renderExtra={props.renderDetails} />
            </Boundary>
          </div>
        )}
      </div>
    );
  },
);

/** Whoever has blocked the other side can take it back here. */
function Blocked({ conversation }: { conversation: Conversation }) {
  const labels = useLabels();
  const me = useMe();
  const { setBlocked } = useConversationActions();
  const [isBusy, setBusy] = useState(false);
  const unblock = () => {
    setBusy(true);
    setBlocked(conversation.id, false)
      .catch((error: unknown) => tellProblem(whyOf(error, labels)))
      .finally(() => setBusy(false));
  };
  return (
    <div className={styles.along}>
      <p>{labels.composer.blocked(titleOf(conversation, me, labels))}</p>
      <Button disabled={isBusy} onClick={unblock} small>
        {labels.composer.unblock}
      </Button>
    </div>
  );
}

interface WritingProps {
  conversation: Conversation;
  dropTarget: RefObject<HTMLElement | null>;
  autoFocus: boolean;
}

function Writing({ conversation, dropTarget, autoFocus }: WritingProps) {
  const { composer, header } = useLabels();
  const me = useMe();
  if (conversation.closedAt != null) {
    return (
      <div className={styles.along}>
        <p>{composer.closed(conversation.closedReason ?? null)}</p>
      </div>
    );
  }
  if (conversation.blockedBy != null && conversation.blockedBy === me?.id)
    return <Blocked conversation={conversation} />;
  if (!isReadingAlong(conversation, me)) {
    return <Composer autoFocus={autoFocus} conversationId={conversation.id} dropTarget={dropTarget} />;
  }
  return (
    <div className={styles.along}>
      <p>{conversation.participants.admin ? header.placeTaken : composer.readingAlong}</p>
      {!conversation.participants.admin && <JoinLeave conversation={conversation} />}
    </div>
  );
}
