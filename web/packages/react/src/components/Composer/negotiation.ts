import { useCallback, useRef } from 'react';
import { newId } from '../../client/environment.ts';
import type { Conversation, Me, OfferTerms } from '../../client/index.ts';
import { useDraft, useLimits, useWriting } from '../../hooks/index.ts';
import { mayWriteIn } from '../people.ts';

/** What a form is for, and what it begins with. */
export interface FormStart {
  kind: 'offer' | 'request';
  /** The offer that it answers. */
  counters?: string | undefined;
  from?: Partial<OfferTerms> | undefined;
  /** The request whose terms these are. */
  source?: string | undefined;
}

/** A form as it is stored first; whatever is typed comes beside it. */
export interface StartedForm extends FormStart {
  clientMessageId: string;
}

/** A form that is being filled in is a draft, as a message is: it is open as long as there is one. */
export const formDraftOf = (conversationId: string) => `offer ${conversationId}`;

/** Whether messages are written although a form is begun; kept beside the form, for the next visit too. */
export function useFormAside(conversationId: string): {
  isAside: boolean;
  setAside: (isAside: boolean) => void;
} {
  const { text, setText } = useDraft(`aside ${formDraftOf(conversationId)}`);
  return { isAside: text !== '', setAside: (isAside) => setText(isAside ? 'yes' : '') };
}

/** The place from which somebody may negotiate here; null where they may not. */
export function useNegotiator(conversation: Conversation | null, me: Me | null): 'buyer' | 'supplier' | null {
  const { offers } = useLimits();
  if (!offers || me === null || !conversation?.participants.supplier || !mayWriteIn(conversation, me))
    return null;
  if (conversation.participants.supplier.id === me.id) return 'supplier';
  return conversation.participants.buyer.id === me.id ? 'buyer' : null;
}

/** Opens the form of a conversation. What was begun there for something else is told to `onReplaced`, with its way back. */
export function useStartForm(
  conversationId: string,
): (start: FormStart, onReplaced?: (restore: () => void) => void) => void {
  const draft = useDraft(formDraftOf(conversationId));
  const { setAside } = useFormAside(conversationId);
  const writing = useWriting(conversationId);
  const latest = useRef({ draft, setAside, writing });
  // Every letter in the form changes it, and no message shall be drawn again for that.
  latest.current = { draft, setAside, writing };
  return useCallback((start, onReplaced) => {
    const { text, setText } = latest.current.draft;
    latest.current.setAside(false);
    // The form takes the place of a reply, whose words stay in its field.
    if (latest.current.writing.writing !== null) latest.current.writing.set(null);
    const lines = text.split('\n').map(startOf);
    const begun = lines.at(-1) ?? null;
    // It goes on where it was left.
    const isSame = (['kind', 'counters', 'source'] as const).every((each) => begun?.[each] === start[each]);
    if (isSame) return;
    const started: StartedForm = { ...start, clientMessageId: newId() };
    setText(JSON.stringify(started));
    // Another window's line counts too.
    if (lines.some((line) => line !== null && 'form' in line)) onReplaced?.(() => setText(text));
  }, []);
}

function startOf(line: string): FormStart | null {
  try {
    return JSON.parse(line) as FormStart;
  } catch {
    return null;
  }
}
