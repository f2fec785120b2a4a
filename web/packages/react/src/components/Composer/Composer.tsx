import { type ForwardedRef, forwardRef, type RefObject, useEffect, useRef, useState } from 'react';
import type { Conversation, Me } from '../../client/index.ts';
import {
  type NewMessage,
  type UploadResult,
  useConversation,
  useDraft,
  useMe,
  useMessageActions,
  useSendMessage,
  useTyping,
  useUpload,
  useWriting,
} from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Late, latePart } from '../Late/Late.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { peopleIn, titleOf } from '../people.ts';
import type { RootProps } from '../root-props.ts';
import type { Filled } from '../SavedReplies/fill.ts';
import { ComposerForm } from './ComposerForm.tsx';
import { formDraftOf, useFormAside, useNegotiator } from './negotiation.ts';
import { OfferButton } from './OfferButton.tsx';
import { WritingBar } from './WritingBar.tsx';

export interface ComposerProps extends RootProps {
  conversationId: string;
  /** Puts the cursor into the field when the conversation opens. */
  autoFocus?: boolean;
  /** Files may be dropped anywhere on it; by default on the composer. */
  dropTarget?: RefObject<HTMLElement | null>;
}

const offerFormPart = latePart(() => import('../Offer/OfferForm.tsx'));

/** Names for saved replies. */
function knownIn(conversation: Conversation | null, me: Me | null): Partial<Filled> {
  if (!conversation) return {};
  const own = peopleIn(conversation).find((person) => person.id === me?.id);
  return {
    buyer: conversation.participants.buyer.name,
    ...(conversation.product && { product: conversation.product.name }),
    ...(own && { me: own.name }),
  };
}

const nothing = () => undefined;

/** A correction changes words only. */
const noUpload: UploadResult = {
  uploads: [],
  files: [],
  leftOut: 0,
  isUploading: false,
  add: nothing,
  refuseFolders: nothing,
  retry: nothing,
  remove: nothing,
  removeRefused: nothing,
  clear: nothing,
  expire: () => false,
};

/** Where messages are written. Each conversation keeps its own draft. */
export const Composer = forwardRef<HTMLFormElement, ComposerProps>(function Composer(
  { conversationId, ...rest },
  ref,
) {
  return (
    <ConversationComposer {...rest} formRef={ref} conversationId={conversationId} key={conversationId} />
  );
});

function ConversationComposer({
  conversationId,
  ...rest
}: ComposerProps & { formRef: ForwardedRef<HTMLFormElement> }) {
  const labels = useLabels();
  const me = useMe();
  const { conversation } = useConversation(conversationId);
  const { send, blockedUntil } = useSendMessage(conversationId);
  const { onType, onStop } = useTyping(conversationId);
  const own = useDraft(conversationId);
  const { writing, set } = useWriting(conversationId);
  const isCorrecting = writing?.kind === 'correct';
  const correction = useDraft(isCorrecting ? `correct ${writing.messageId}` : null);
  const { correct } = useMessageActions(conversationId);
  const [problem, setProblem] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const end = () => {
    setProblem(null);
    if (isCorrecting) correction.clear();
    set(null);
  };
  /** What was written stays until the server has taken it. */
  const save = async ({ text }: NewMessage): Promise<boolean> => {
    if (!isCorrecting) return false;
    if (text === writing.text) {
      end();
      return true;
    }
    setProblem(null);
    setSaving(true);
    try {
      await correct(writing.messageId, text);
      end();
      return true;
    } catch (error) {
      setProblem(labels.composer.correctFailed(whyOf(error, labels)));
      return false;
    } finally {
      setSaving(false);
    }
  };
  const reply = (message: NewMessage) => {
    send(writing?.kind === 'reply' ? { ...message, replyTo: writing.to } : message);
    if (writing !== null) set(null);
  };
  const upload = useUpload(conversationId);
  useEffect(() => onStop, [onStop]);
  const negotiator = useNegotiator(conversation, me);
  const isNegotiating = useDraft(formDraftOf(conversationId)).text !== '';
  const { isAside, setAside } = useFormAside(conversationId);
  const wasForm = useRef(false);
  const resume = () => {
    if (writing !== null) end();
    setAside(false);
  };
  // Whoever chose to answer or to correct a message writes that first.
  if (conversation !== null && negotiator !== null && isNegotiating && writing === null && !isAside) {
    wasForm.current = true;
    const onAside = () => setAside(true);
    return <Late onFail={onAside} part={offerFormPart} props={{ conversation, onAside }} />;
  }
  return (
    <ComposerForm
      {...rest}
      // Whoever comes from the form goes on writing here.
      autoFocus={rest.autoFocus || wasForm.current}
      blockedUntil={isCorrecting ? null : blockedUntil}
      draft={isCorrecting ? correction : own}
      extra={
        negotiator && (
          <OfferButton
            conversationId={conversationId}
            negotiator={negotiator}
            onResume={isNegotiating ? resume : null}
          />
        )
      }
      isBusy={isSaving}
      known={isCorrecting ? undefined : knownIn(conversation, me)}
      onCancel={writing === null ? undefined : end}
      top={writing && <WritingBar onCancel={end} problem={problem} writing={writing} />}
      what={isCorrecting ? 'correct' : writing === null ? 'new' : `reply ${writing.to.id}`}
      name={conversation ? titleOf(conversation, me, labels) : ''}
      onSend={isCorrecting ? save : reply}
      onStop={onStop}
      onType={onType}
      upload={isCorrecting ? noUpload : upload}
    />
  );
}
