import { useMemo } from 'react';
import type { ReportReason } from '../client/everyday-api.ts';
import { sendReport } from '../client/late-api.ts';
import type { Conversation, ConversationSettings } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { keys } from '../query/keys.ts';

const plainSettings: ConversationSettings = {
  isArchived: false,
  isPinned: false,
  mutedUntil: null,
  isMarkedUnread: false,
};

export interface Report {
  messageId?: string | undefined;
  reason: ReportReason;
  text?: string | undefined;
}

export interface ConversationActions {
  /** Shows the change at once; takes it back and rejects with a `HaggleError` when the server does not take it. */
  change: (conversation: Conversation, settings: Partial<ConversationSettings>) => Promise<void>;
  /** The other side may not write here any more, nor open another conversation. Rejects with a `HaggleError`, as all of these. */
  setBlocked: (conversationId: string, isBlocked: boolean) => Promise<void>;
  /** For administrators; both sides see the reason. */
  setClosed: (conversationId: string, isClosed: boolean, reason: string | null) => Promise<void>;
  /** To the administrators of the marketplace. */
  report: (conversationId: string, report: Report) => Promise<void>;
}

/** What people do with a conversation. */
export function useConversationActions(): ConversationActions {
  const chat = useChat();
  return useMemo(() => {
    const { api, http } = chat.client;
    const latest = (id: string) => chat.queryClient.getQueryData(keys.conversations)?.[id]?.settings;
    const show = (conversationId: string, settings: ConversationSettings) =>
      chat.applyAnswer({ type: 'settings', conversationId, settings });
    const load = (conversation: Conversation, mark: number) => chat.applyLoaded([conversation], mark);
    return {
      change: async ({ id, settings }, change) => {
        const before = latest(id) ?? settings ?? plainSettings;
        show(id, { ...before, ...change });
        try {
          show(id, await api.changeSettings(id, change));
          // Which lists it belongs to, and how many are in each.
          chat.refetch({ what: 'lists' });
        } catch (error) {
          const now = latest(id) ?? before;
          const undone = Object.fromEntries(
            Object.keys(change).map((name) => [name, before[name as keyof ConversationSettings]]),
          );
          show(id, { ...now, ...undone });
          throw error;
        }
      },
      setBlocked: async (id, isBlocked) => {
        const mark = chat.log.mark();
        load(await api.setBlocked(id, isBlocked), mark);
      },
      setClosed: async (id, isClosed, reason) => {
        const mark = chat.log.mark();
        load(await api.setClosed(id, isClosed, reason), mark);
      },
      report: (id, report) => sendReport(http, id, report),
    };
  }, [chat]);
}
