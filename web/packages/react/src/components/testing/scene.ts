import { useSyncExternalStore } from 'react';
import type { FoundMessage, Preferences, SavedReply, SentFile } from '../../client/everyday-api.ts';
import {
  type AuditEntry,
  type Conversation,
  defaultServerLimits,
  type FiledReport,
  type HaggleError,
  type Me,
  type Message,
  type Offer,
  type QuotationRequest,
  type ServerLimits,
} from '../../client/index.ts';
import type { MessageVersion } from '../../client/types.ts';
import type {
  ConnectionStatus,
  ConversationEvent,
  LoadStatus,
  NewOffer,
  NewRequest,
  PushState,
  Report,
  ThreadMessage,
  TypingPerson,
  Upload,
  Writing,
} from '../../hooks/index.ts';

/** All that the components can be told, in one place: for the catalogue and the tests, in place of a server. */
export interface Scene {
  me: Me | null;
  conversations: Conversation[];
  listStatus: LoadStatus;
  hasMore: boolean;
  messages: Record<string, ThreadMessage[]>;
  threadStatus: LoadStatus;
  /** Why loading failed. */
  problem: HaggleError | null;
  /** Who came and went, by conversation. */
  happened: Record<string, ConversationEvent[]>;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  firstUnread: { seq: number; count: number } | null;
  typing: TypingPerson[];
  connection: ConnectionStatus;
  audit: AuditEntry[];
  auditStatus: LoadStatus;
  uploads: Upload[];
  /** Chosen files that are not in the list. */
  leftOut: number;
  drafts: Record<string, string>;
  /** What the composers are used for. */
  writing: Record<string, Writing | null>;
  /** Messages that somebody wants to see. */
  targets: Record<string, { messageId: string } | null>;
  versions: MessageVersion[];
  found: FoundMessage[];
  files: SentFile[];
  replies: SavedReply[];
  preferences: Preferences;
  push: PushState;
  reports: (Report & { id: string })[];
  /** What administrators judge. */
  filed: FiledReport[];
  /** Requests for quotation. */
  requests: QuotationRequest[];
  /** What the offer of this id counters. */
  superseded: Record<string, Offer>;
  /** What was sent from forms. */
  sentOffers: NewOffer[];
  sentRequests: NewRequest[];
  /** What every change is refused with. */
  refusal: HaggleError | null;
  /** Whether the browser can store them. */
  storesDrafts: boolean;
  limits: ServerLimits;
  blockedUntil: number | null;
  lastSeen: string | null;
  /** Whether opening a conversation is refused. */
  openFails: boolean;
  /** Makes the next older page. */
  olderPage: ((first: ThreadMessage | undefined) => ThreadMessage[]) | null;
}

export const emptyScene: Scene = {
  me: null,
  conversations: [],
  listStatus: 'success',
  hasMore: false,
  messages: {},
  threadStatus: 'success',
  problem: null,
  happened: {},
  hasOlder: false,
  isLoadingOlder: false,
  firstUnread: null,
  typing: [],
  connection: 'online',
  audit: [],
  auditStatus: 'success',
  uploads: [],
  leftOut: 0,
  drafts: {},
  writing: {},
  targets: {},
  versions: [],
  found: [],
  files: [],
  replies: [],
  preferences: { email: 'now', push: false, quietHours: null, language: 'en' },
  push: 'off',
  reports: [],
  filed: [],
  requests: [],
  superseded: {},
  sentOffers: [],
  sentRequests: [],
  refusal: null,
  storesDrafts: true,
  limits: defaultServerLimits,
  blockedUntil: null,
  lastSeen: null,
  openFails: false,
  olderPage: null,
};

let current: Scene = emptyScene;
const listeners = new Set<() => void>();

export function setScene(change: Partial<Scene>): void {
  const { conversations } = change;
  const happened = change.happened ?? (conversations ? heard(conversations) : current.happened);
  current = { ...current, ...change, happened };
  for (const listener of listeners) listener();
}

/** As the server writes it down when the administrator's place changes hands. */
function heard(conversations: Conversation[]): Scene['happened'] {
  const happened = { ...current.happened };
  for (const { id, participants, lastSeq, lastMessageAt, createdAt } of conversations) {
    const before = current.conversations.find((each) => each.id === id);
    const [left, joined] = [before?.participants.admin, participants.admin];
    if (!before || left?.id === joined?.id) continue;
    const events = [...(happened[id] ?? [])];
    for (const [type, person] of [
      ['left', left],
      ['joined', joined],
    ] as const) {
      if (!person) continue;
      events.push({
        id: `${type} ${events.length}`,
        type,
        actorId: person.id,
        actorName: person.name,
        createdAt: lastMessageAt ?? createdAt,
        seq: lastSeq,
      });
    }
    happened[id] = events;
  }
  return happened;
}

export function getScene(): Scene {
  return current;
}

export function useScene(): Scene {
  return useSyncExternalStore(subscribe, getScene);
}

let incoming: ((message: Message) => void) | null = null;

/** Who is told of messages from others. */
export function listen(listener: (message: Message) => void): void {
  incoming = listener;
}

/** As when a message comes from somebody else. */
export function hear(message: Message): void {
  incoming?.(message);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
