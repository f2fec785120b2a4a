import type { components } from './schema.ts';

type Schemas = components['schemas'];

export type Role = Schemas['Role'];
export type ConversationType = Schemas['ConversationType'];
export type Participant = Schemas['Participant'];
export type Participants = Schemas['Participants'];
export type Product = Schemas['Product'];
export type Conversation = Schemas['Conversation'];
/** What a conversation is for one person alone. */
export type ConversationSettings = Schemas['ConversationSettings'];
export type OpenConversation = Schemas['OpenConversation'];
/** An attachment. Its links are signed and die after 15 minutes; `useFile` gives fresh ones. */
export type FileInfo = Schemas['File'];
export type Message = Schemas['Message'];
export type Reaction = Schemas['Reaction'];
/** The message that another one answers, as that is now. */
export type ReplyTo = Schemas['ReplyTo'];
/** What happened, of a message that nobody wrote. */
export type SystemNote = Schemas['SystemNote'];
/** An offer as it stands: what is offered, by whom, and what became of it. */
export type Offer = Schemas['Offer'];
export type OfferState = Schemas['OfferState'];
/** What an offer says; of a request for quotation without prices. Amounts are decimal text. */
export type OfferTerms = Schemas['Terms'];
export type OfferItem = Schemas['OfferItem'];
/** What a message asks an offer for. */
export type MessageRequest = Schemas['MessageRequest'];
/** A request for quotation, with what became of it at each supplier. */
export type QuotationRequest = Schemas['Request'];
export type RequestAnswer = Schemas['RequestAnswer'];
/** What somebody has reported to the administrators. */
export type FiledReport = Schemas['Report'];
export type MessageVersion = Schemas['MessageVersion'];
export type UserStatus = Schemas['UserStatus'];
export type Notification = Schemas['Notification'];
export type Problem = Schemas['Problem'];

/** How many conversations there are of a kind, whatever page is looked at; what the server does not count is absent. */
export interface ConversationCounts {
  waiting?: number | undefined;
  unread?: number | undefined;
  needsReply?: number | undefined;
  archived?: number | undefined;
  pinned?: number | undefined;
}
export type ConversationPage = Omit<Schemas['ConversationPage'], 'counts' | 'conversations'> & {
  conversations: Conversation[];
  counts?: ConversationCounts | undefined;
};
export type MessagePage = Schemas['MessagePage'];
export type NotificationPage = Schemas['NotificationPage'];

/** An administrator joined or left. */
export type ConversationEvent = Schemas['ConversationEvent'];
export type ConversationEventPage = Schemas['ConversationEventPage'];

/** Who is signed in. The role is null until a conversation or the host page tells it. */
export interface Me {
  id: string;
  role: Role | null;
}

export interface ConversationFilter {
  archived?: true | undefined;
  pinned?: true | undefined;
  /** Only where an offer is open, or one was accepted. */
  offers?: 'open' | 'accepted' | undefined;
  unread?: true | undefined;
  /** Only those in which somebody waits for the reader: for a word, or for an answer to an offer or a request. */
  needsReply?: true | undefined;
  /** Who has waited longest for an answer, first. */
  sort?: 'waiting' | undefined;
  type?: ConversationType | undefined;
  /** Words out of names, companies, products and the last message. */
  q?: string | undefined;
  /** Only requests that no administrator has taken. */
  waiting?: true | undefined;
  /** For administrators; the server's default is `all` for them. */
  view?: 'mine' | 'all' | undefined;
}

/** Who did what, when and from where; never what was said. */
export type AuditEntry = Schemas['AuditEntry'];
export type AuditAction = Schemas['AuditAction'];
export type AuditPage = Schemas['AuditPage'];
