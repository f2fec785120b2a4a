import type { Message, Offer } from '../client/types.ts';
import { withOffer } from './conversation.ts';
import type { Draft } from './draft.ts';
import { keys } from './keys.ts';

/** An offer as an answer has it: whoever knows an older one of it shows this. */
export function applyOffer(draft: Draft, offer: Offer): void {
  // Requests are looked at where no conversation is loaded, too.
  if (offer.requestId !== undefined) draft.refetch({ what: 'requests' });
  const threadKey = keys.thread(offer.conversationId);
  const thread = draft.get(threadKey);
  const at = thread?.messages.findIndex(({ id }) => id === offer.messageId) ?? -1;
  const message = thread?.messages[at];
  if (thread !== undefined && message?.offer !== undefined && message.offer.rev < offer.rev)
    draft.set(threadKey, { ...thread, messages: thread.messages.with(at, { ...message, offer }) });
  const known = draft.get(keys.conversations);
  const before = known?.[offer.conversationId];
  if (before === undefined) return;
  const after = withOffer(before, offer);
  if (after !== before) draft.set(keys.conversations, { ...known, [after.id]: after });
}

/** A request for quotation shows the newest offer of each supplier. */
export function noteNegotiation(draft: Draft, { offer, system }: Message): void {
  const isAboutOne = offer?.requestId !== undefined || system?.event === 'request_closed';
  if (isAboutOne) draft.refetch({ what: 'requests' });
}
