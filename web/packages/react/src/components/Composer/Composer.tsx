import { type RefObject, useEffect } from 'react';
import { useConversation, useDraft, useMe, useSendMessage, useTyping, useUpload } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { titleOf } from '../people.ts';
import { ComposerForm } from './ComposerForm.tsx';

export interface ComposerProps {
  conversationId: string;
  /** Puts the cursor into the field when the conversation opens. */
  autoFocus?: boolean;
  /** Files may be dropped anywhere on it; by default on the composer. */
  dropTarget?: RefObject<HTMLElement | null>;
}

/** Where messages are written. Each conversation keeps its own draft. */
export function Composer({ conversationId, ...rest }: ComposerProps) {
  return <ConversationComposer {...rest} conversationId={conversationId} key={conversationId} />;
}

function ConversationComposer({ conversationId, ...rest }: ComposerProps) {
  const labels = useLabels();
  const me = useMe();
  const { conversation } = useConversation(conversationId);
  const { send, blockedUntil } = useSendMessage(conversationId);
  const { onType, onStop } = useTyping(conversationId);
  const draft = useDraft(conversationId);
  const upload = useUpload(conversationId);
  useEffect(() => onStop, [onStop]);
  return (
    <ComposerForm
      {...rest}
      blockedUntil={blockedUntil}
      draft={draft}
      name={conversation ? titleOf(conversation, me, labels) : ''}
      onSend={send}
      onStop={onStop}
      onType={onType}
      upload={upload}
    />
  );
}
