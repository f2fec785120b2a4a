import { type ReactNode, useEffect, useRef, useState } from 'react';
import {
  type Conversation,
  HaggleError,
  type OpenConversation,
  type Product,
  reasonOf,
} from '../../client/index.ts';
import {
  type NewMessage,
  useDraft,
  useMe,
  useOpenConversation,
  useSendMessage,
  useUpload,
} from '../../hooks/index.ts';
import { type Format, type Labels, useFormat, useLabels } from '../../labels/index.ts';
import { ComposerForm } from '../Composer/ComposerForm.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { ProductCard } from '../ProductCard/ProductCard.tsx';
import styles from './StartConversation.module.css';

export interface StartConversationProps {
  purpose: OpenConversation;
  /** Whom it would be with. */
  name: string;
  product?: Product | undefined;
  onStarted: (conversation: Conversation) => void;
}

/** A conversation that does not exist yet: it is opened by its first message, so looking costs nothing. */
export function StartConversation({ purpose, name, product, onStarted }: StartConversationProps): ReactNode {
  const labels = useLabels();
  const format = useFormat();
  const draftName = `new ${purpose.productId ?? purpose.supplierId ?? 'support'}`;
  const draft = useDraft(draftName);
  const upload = useUpload(draftName);
  const { open, isPending } = useOpenConversation();
  const isKnown = useMe() !== null;
  const [first, setFirst] = useState<{ conversation: Conversation; message: NewMessage } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const start = async (message: NewMessage) => {
    setProblem(null);
    try {
      setFirst({ conversation: await open(purpose), message });
      return true;
    } catch (error) {
      setProblem(problemOf(error, isKnown, labels, format));
      return false;
    }
  };
  return (
    <div className={styles.start}>
      {product && (
        <div className={styles.product}>
          <ProductCard product={product} />
        </div>
      )}
      <Notice
        hint={labels.thread.emptyHint(name, purpose.productId != null)}
        icon="chat"
        title={product ? labels.widget.ask(product.name) : name}
      />
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
