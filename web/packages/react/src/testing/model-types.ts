import type { PagePlace } from '../client/api.ts';
import type { ServerFrame, Since } from '../client/frames.ts';
import type { Negotiated, NewOffer, OfferAnswer } from '../client/offers-api.ts';
import type {
  Conversation,
  ConversationEvent,
  ConversationFilter,
  ConversationPage,
  Message,
  MessagePage,
  Offer,
  OpenConversation,
  Role,
  UserStatus,
} from '../client/types.ts';

/** The rules of the server in the smallest form, in memory: what tests compare the client with. */
export interface ModelServer {
  addUser: (id: string, role: Role) => void;
  setOnline: (id: string, isOnline: boolean) => void;
  open: (userId: string, purpose: OpenConversation) => Conversation;
  send: (userId: string, conversationId: string, message: ModelMessage) => Message;
  markRead: (userId: string, conversationId: string, upTo?: string | null) => void;
  /** Null when there is none, or it was taken back. */
  edit: (userId: string, conversationId: string, messageId: string, content: string) => Message | null;
  takeBack: (userId: string, conversationId: string, messageId: string) => Message | null;
  react: (
    userId: string,
    conversationId: string,
    messageId: string,
    emoji: string,
    isOn: boolean,
  ) => Message | null;
  /** Both answer with a code where it is not possible, and with the offer as it is. */
  offer: (userId: string, conversationId: string, offer: NewOffer) => ModelNegotiated;
  answer: (
    userId: string,
    conversationId: string,
    offerId: string,
    answer: OfferAnswer,
    rev: number,
  ) => ModelNegotiated;
  /** Both answer false when the place is taken, or not theirs. */
  join: (userId: string, conversationId: string) => boolean;
  leave: (userId: string, conversationId: string) => boolean;
  /** Who joined and left, newest first. */
  events: (userId: string, conversationId: string) => ConversationEvent[] | null;
  /** As when a participant is deleted: nobody is told. */
  remove: (conversationId: string) => void;
  conversation: (userId: string, id: string) => Conversation | null;
  list: (
    userId: string,
    filter: ConversationFilter,
    cursor: string | null,
    limit: number,
  ) => ConversationPage;
  messages: (userId: string, conversationId: string, place: PagePlace) => MessagePage | null;
  unreadCount: (userId: string) => number;
  status: (userId: string) => UserStatus | null;
  /** What the server sends to somebody who has seen this much, without the final `ready`. */
  missedSince: (userId: string, since: Since) => ServerFrame[];
  /** Everything that is said to this user from now on. */
  listen: (userId: string, listener: (frame: ServerFrame) => void) => () => void;
  typing: (userId: string, conversationId: string, isTyping: boolean) => void;
  conversationIds: () => string[];
}

export type ModelNegotiated =
  | Negotiated
  | { code: 'offer_open' | 'offer_not_open' | 'offer_changed'; offer: Offer };

interface ModelMessage {
  content: string;
  clientMessageId?: string | null | undefined;
}

export interface User {
  id: string;
  role: Role;
  isOnline: boolean;
  lastSeen: string | null;
}

export interface Row {
  id: string;
  type: Conversation['type'];
  places: Partial<Record<Role, { id: string; lastReadSeq: number }>>;
  productId: string | null;
  messages: (Omit<Message, 'isRead'> & { changedRev: number })[];
  /** Oldest first. */
  events: ConversationEvent[];
  rev: number;
  createdAt: string;
}
