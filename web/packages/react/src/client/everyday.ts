import type { components } from './schema.ts';

type Schemas = components['schemas'];

/* What the server's document does not have yet, as narrow as it is used here. */

/** What a message answers, as it is now. */
export interface ReplyTo {
  id: string;
  seq: number;
  senderName: string;
  preview: string;
  isDeleted: boolean;
}

export interface Reaction {
  emoji: string;
  userIds: string[];
}

export interface SystemNote {
  event: string;
  actorId?: string | null;
  offerId?: string | null;
  reason?: string | null;
}

export interface MessageExtras {
  kind?: string;
  system?: SystemNote | null;
  editedAt?: string | null;
  deletedAt?: string | null;
  deletedBy?: string | null;
  replyTo?: ReplyTo | null;
  reactions?: Reaction[] | null;
}

/** What a conversation is for one person alone. */
export interface ConversationSettings {
  isArchived: boolean;
  isPinned: boolean;
  mutedUntil: string | null;
  isMarkedUnread: boolean;
}

export interface ConversationExtras {
  /** The `rev` of the newest change of a message that had been sent before. */
  messagesRev?: number;
  settings?: ConversationSettings;
  blockedBy?: string | null;
  closedAt?: string | null;
  closedReason?: string | null;
}

export interface ParticipantExtras {
  timeZone?: string | null;
  workingHours?: { from: string; to: string; days?: number[] } | null;
  answersWithinMinutes?: number | null;
}

export interface FilterExtras {
  archived?: true | undefined;
  pinned?: true | undefined;
  unread?: true | undefined;
  needsReply?: true | undefined;
  sort?: 'waiting' | undefined;
}

export interface CountExtras {
  unread?: number | undefined;
  needsReply?: number | undefined;
  archived?: number | undefined;
  pinned?: number | undefined;
}

export interface MessageUpdatedFrame {
  type: 'message_updated';
  payload: { conversationId: string; rev: number; message: Schemas['Message'] & MessageExtras };
}
