import { forwardRef, useCallback, useEffect, useRef, useState } from 'react';
import {
  type Conversation,
  HaggleError,
  type OpenConversation,
  type Product,
  reasonOf,
} from '../../client/index.ts';
import {
  type FirstMessagesResult,
  type NewMessage,
  useConnection,
  useDraft,
  useFirstMessages,
  useMe,
  useOpenConversation,
  useSendMessage,
  useUpload,
} from '../../hooks/index.ts';
import { type Format, type Labels, useFormat, useLabels } from '../../labels/index.ts';
import { Bubble } from '../Bubble/Bubble.tsx';
import { Button } from '../Button/Button.tsx';
import { ComposerForm } from '../Composer/ComposerForm.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { ProductCard } from '../ProductCard/ProductCard.tsx';
import { classes, type RootProps } from '../root-props.ts';
import styles from './StartConversation.module.css';

export interface StartConversationProps extends RootProps {
  purpose: OpenConversation;
  /** Whom it would be with. */
  name: string;
  product?: Product | undefined;
  /** Nobody could say whether there is one already: how to ask again. */
  onAskAgain?: (() => void) | undefined;
  onStarted: (conversation: Conversation) => void;
}

/** A conversation that does not exist yet: it is opened by its first message, so looking costs nothing. */
export const StartConversation = forwardRef<HTMLDivElement, StartConversationProps>(
  function StartConversation(props, ref) {
    const { purpose, name, product, onStarted } = props;
    const labels = useLabels();
    const format = useFormat();
    const draftName = `new ${purpose.productId ?? purpose.supplierId ?? 'support'}`;
    const draft = useDraft(draftName);
    const upload = useUpload(draftName);
    const { open, isPending } = useOpenConversation();
    const isKnown = useMe() !== null;
    const [first, setFirst] = useState<{ conversation: Conversation; message: NewMessage } | null>(null);
    const [problem, setProblem] = useState<string | null>(null);
    const { status } = useConnection();
    const [opened, setOpened] = useState<Conversation | null>(null);
    const waiting = useFirstMessages(draftName, purpose, setOpened);
    const draftThere = useDraft(opened?.id ?? null);
    const isGone = useRef(false);
    const goThere = useCallback(() => {
      if (opened === null || isGone.current) return;
      isGone.current = true;
      // What was begun here goes on there, behind what was begun there.
      if (draft.text !== '') draftThere.setText([draftThere.text, draft.text].filter(Boolean).join('\n'));
      draft.clear();
      onStarted(opened);
    }, [opened, draft, draftThere, onStarted]);
    // What was waiting is in the conversation now, and so is the reader; but files stay with the draft they were chosen for.
    const mayGo = opened !== null && first === null && upload.uploads.length === 0;
    useEffect(() => {
      if (mayGo) goThere();
    }, [mayGo, goThere]);
    const start = async (message: NewMessage) => {
      setProblem(null);
      if (opened !== null) {
        setFirst({ conversation: opened, message });
        return true;
      }
      // In the order of writing, and nothing is asked of a network that is not there.
      if (status === 'offline' || waiting.messages.length > 0) {
        waiting.send(message);
        return true;
      }
      try {
        setFirst({ conversation: await open(purpose), message });
        return true;
      } catch (error) {
        if (isLater(error)) {
          waiting.send(message);
          return true;
        }
        setProblem(problemOf(error, isKnown, labels, format));
        return false;
      }
    };
    return (
      <div className={classes(styles.start, props.className)} ref={ref}>
        {product && (
          <div className={styles.product}>
            <ProductCard product={product} />
          </div>
        )}
        {waiting.messages.length > 0 ? (
          <Waiting name={name} waiting={waiting} />
        ) : (
          <Notice
            hint={
              props.onAskAgain
                ? labels.widget.earlierUnknown
                : labels.thread.emptyHint(name, purpose.productId != null)
            }
            icon="chat"
            title={product ? labels.widget.ask(product.name) : name}
          >
            {props.onAskAgain && (
              <Button icon="retry" onClick={props.onAskAgain}>
                {labels.common.retry}
              </Button>
            )}
          </Notice>
        )}
        {problem && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <ComposerForm
          autoFocus
          draft={draft}
          isBusy={isPending || first !== null}
          name={name}
          onSend={start}
          upload={upload}
        />
        {first && <SendFirst {...first} onSent={() => onStarted(first.conversation)} />}
      </div>
    );
  },
);

/** Whether the conversation can be opened later, without anybody doing anything. */
function isLater(error: unknown): boolean {
  return error instanceof HaggleError && error.isTemporary && error.kind !== 'limited';
}

/** What was written without a connection. */
function Waiting({ name, waiting }: { name: string; waiting: FirstMessagesResult }) {
  const { thread } = useLabels();
  const { messages, retry, discard } = waiting;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div aria-label={thread.label(name)} className={styles.waiting} role="log" tabIndex={0}>
      {messages.map((message, index) => (
        <Bubble
          isFirst={index === 0}
          isLast={index === messages.length - 1}
          isNamed={false}
          isNewestMine={index === messages.length - 1}
          key={message.key}
          message={message}
          onDiscard={discard}
          onRetry={retry}
        />
      ))}
    </div>
  );
}

interface SendFirstProps {
  conversation: Conversation;
  message: NewMessage;
  onSent: () => void;
}

/** Hands the first message to the new conversation's queue, once. */
function SendFirst({ conversation, message, onSent }: SendFirstProps): null {
  const { send } = useSendMessage(conversation.id);
  const isSent = useRef(false);
  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    send(message);
    onSent();
  }, [send, message, onSent]);
  return null;
}

function problemOf(error: unknown, isKnown: boolean, labels: Labels, format: Format): string {
  const { widget: words, problem } = labels;
  if (!(error instanceof HaggleError)) return words.startFailed;
  if (error.kind === 'signed-out') {
    const { title, hint } = isKnown ? problem.signedOut : problem.notSignedIn;
    return `${title}. ${hint}`;
  }
  if (error.retryAfterMs !== null) return words.startLimited(format.duration(error.retryAfterMs));
  return error.kind === 'refused' ? `${words.startFailed} ${reasonOf(error)}` : words.startFailed;
}
