/* What the server's document does not have yet, as narrow as it is used here. */

/** What a conversation is for one person alone. */
export interface ConversationSettings {
  isArchived: boolean;
  isPinned: boolean;
  mutedUntil: string | null;
  isMarkedUnread: boolean;
}

export interface ConversationExtras {
  settings?: ConversationSettings;
  blockedBy?: string | null;
  closedAt?: string | null;
  closedReason?: string | null;
}

export interface ParticipantExtras {
  timeZone?: string | null;
  /** As `Mo-Fr 08:00-17:00`, in their time. */
  workingHours?: string;
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
