import type { ReplyTo } from '../../client/index.ts';
import type { ThreadMessage } from '../../hooks/index.ts';
import type { Labels } from '../../labels/index.ts';

const CHARACTERS = 120;

/** A message as the reply to it shows it, before the server says so. */
export function replyToOf(message: ThreadMessage, { common }: Labels): ReplyTo {
  const line = message.text.replace(/\s+/gu, ' ').trim() || (message.files[0]?.name ?? '');
  const characters = [...line];
  return {
    id: message.id ?? '',
    seq: message.seq ?? 0,
    senderName: message.senderId === null ? common.formerAdmin : message.senderName,
    preview: characters.length > CHARACTERS ? `${characters.slice(0, CHARACTERS).join('')}…` : line,
    isDeleted: message.deletedAt !== null,
  };
}
