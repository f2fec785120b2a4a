import { createStore, type Store } from '../client/store.ts';
import type { Message, Reaction } from '../client/types.ts';

/** What somebody here has done to a message and the server has not confirmed. */
export type PendingChange =
  | { kind: 'react'; emoji: string; isOn: boolean; userId: string }
  | { kind: 'correct'; text: string; at: string }
  | { kind: 'take-back'; userId: string; at: string };

type Changes = ReadonlyMap<string, readonly PendingChange[]>;

/**
 * Laid over the stored messages when they are shown: the cache itself holds what the server has said and nothing else, so
 * a change that fails is gone without a trace.
 */
export interface Pending {
  changes: Pick<Store<Changes>, 'get' | 'subscribe'>;
  /** Returns how to take it away. */
  add: (messageId: string, change: PendingChange) => () => void;
}

export function createPending(): Pending {
  const changes = createStore<Changes>(new Map());
  const edit = (id: string, how: (before: readonly PendingChange[]) => readonly PendingChange[]) => {
    const next = new Map(changes.get());
    const after = how(next.get(id) ?? []);
    if (after.length === 0) next.delete(id);
    else next.set(id, after);
    changes.set(next);
  };
  return {
    changes,
    add: (id, change) => {
      edit(id, (before) => [...before, change]);
      return () => edit(id, (before) => before.filter((one) => one !== change));
    },
  };
}

const made = new WeakMap<Message, { changes: readonly PendingChange[]; message: Message }>();

/** The same objects for the same messages, so that only what has changed is drawn again. */
export function withPending(messages: readonly Message[], pending: Changes): readonly Message[] {
  if (pending.size === 0) return messages;
  return messages.map((message) => {
    const changes = pending.get(message.id);
    if (changes === undefined) return message;
    const before = made.get(message);
    if (before?.changes === changes) return before.message;
    const after = changes.reduce(withChange, message);
    made.set(message, { changes, message: after });
    return after;
  });
}

function withChange(message: Message, change: PendingChange): Message {
  switch (change.kind) {
    case 'react':
      return { ...message, reactions: withReaction(message.reactions ?? [], change) };
    case 'correct':
      return { ...message, message: change.text, editedAt: change.at };
    case 'take-back': {
      const gone = { message: '', files: [], attachments: [], reactions: [] };
      return { ...message, ...gone, deletedAt: change.at, deletedBy: change.userId };
    }
  }
}

function withReaction(
  reactions: readonly Reaction[],
  { emoji, isOn, userId }: PendingChange & { kind: 'react' },
): Reaction[] {
  const isThere = reactions.some((one) => one.emoji === emoji);
  const all = isThere || !isOn ? reactions : [...reactions, { emoji, userIds: [] }];
  return all
    .map((one) => {
      if (one.emoji !== emoji) return one;
      const others = one.userIds.filter((id) => id !== userId);
      return { ...one, userIds: isOn ? [...others, userId] : others };
    })
    .filter((one) => one.userIds.length > 0);
}
