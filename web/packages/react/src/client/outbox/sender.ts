import type { OutgoingMessage } from '../api.ts';
import type { Environment } from '../environment.ts';
import { limits } from '../limits.ts';
import type { Conversation, Message, OpenConversation } from '../types.ts';
import { afterFailure } from './after-failure.ts';
import {
  nextWakeAt,
  type OutboxAction,
  type OutboxItem,
  type OutboxState,
  sendable,
} from './outbox-state.ts';

export type OpenForMessage = (purpose: OpenConversation) => Promise<Conversation>;
export type SendMessage = (conversationId: string, message: OutgoingMessage) => Promise<Message>;

export interface Sender {
  /** Sends what may be sent now and plans the rest; call it after every change. */
  pump: () => void;
  stop: () => void;
  isStopped: () => boolean;
}

export interface SenderDependencies {
  environment: Environment;
  state: () => OutboxState;
  dispatch: (action: OutboxAction) => void;
  send: SendMessage;
  open: OpenForMessage;
  isOnline: () => boolean;
  sent: (message: Message) => void;
  /** A conversation that messages waited for, under the name that they waited under. */
  opened: (name: string, conversation: Conversation) => void;
}

/** Works off the outbox in the one tab that may. */
export function createSender(dependencies: SenderDependencies): Sender {
  const { environment, state, dispatch } = dependencies;
  let underWay = 0;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function pump(): void {
    clearTimeout(timer);
    if (stopped) return;
    if (!dependencies.isOnline()) {
      // Nobody may tell when it is back.
      timer = setTimeout(pump, limits.backoffLongestMs);
      return;
    }
    const next = sendable(state(), environment.now())[0];
    // `deliver` dispatches, and so comes back here for the next one.
    if (next !== undefined && underWay < limits.parallelSends) void deliver(next);
    else plan();
  }

  function plan(): void {
    const wakeAt = nextWakeAt(state());
    if (wakeAt === null || underWay >= limits.parallelSends) return;
    timer = setTimeout(pump, Math.max(wakeAt - environment.now(), 10));
  }

  /** Get or create: the answer is the same however often it is asked. */
  async function conversationOf({ opens, conversationId: name }: OutboxItem): Promise<string> {
    if (opens === undefined) return name;
    const conversation = await dependencies.open(opens);
    dependencies.opened(name, conversation);
    dispatch({ type: 'opened', name, conversationId: conversation.id });
    return conversation.id;
  }

  async function deliver(item: OutboxItem): Promise<void> {
    underWay += 1;
    dispatch({ type: 'start', key: item.key });
    try {
      const message = await dependencies.send(await conversationOf(item), {
        content: item.text,
        attachments: item.files.map((file) => file.id),
        clientMessageId: item.key,
        ...(item.replyTo && { replyTo: item.replyTo.id }),
      });
      underWay -= 1;
      dependencies.sent(message);
      dispatch({ type: 'settle', key: item.key });
    } catch (error) {
      underWay -= 1;
      dispatch(afterFailure(item, error, environment.now(), environment.random));
    }
  }

  return {
    pump,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
    isStopped: () => stopped,
  };
}
