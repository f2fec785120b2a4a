import { useCallback, useMemo } from 'react';
import type { SavedReply } from '../../client/everyday-api.ts';
import type { Conversation, ConversationFilter, FileInfo, OpenConversation } from '../../client/index.ts';
import type * as hooks from '../../hooks/index.ts';
import { isUnread } from '../../query/lists.ts';
import { isWaiting } from '../../query/people.ts';
import { getScene, listen, setScene, useScene } from './scene.ts';

export { plainMessage } from '../../hooks/results.ts';

/* The hooks of the package, answered from the scene. Stands in for `hooks/index.js` in the catalogue and in tests. */

const nothing = () => undefined;

export const useMe: typeof hooks.useMe = () => useScene().me;
export const useUnreadCount: typeof hooks.useUnreadCount = () =>
  useScene().conversations.reduce((sum, each) => sum + each.unreadCount, 0);

export const useConversations: typeof hooks.useConversations = (filter = {}) => {
  const { conversations, listStatus, problem, hasMore } = useScene();
  const { type, q, view, waiting, archived = false, pinned, unread, needsReply, offers } = filter;
  const shown = useMemo(
    () =>
      conversations.filter(
        (each) =>
          matches(each, { type, q, view, waiting }) &&
          (each.settings?.isArchived ?? false) === archived &&
          (!pinned || each.settings?.isPinned) &&
          (!unread || isUnread(each)) &&
          (!needsReply || each.unreadCount > 0) &&
          (!offers || each.offer?.state === offers),
      ),
    [conversations, type, q, view, waiting, archived, pinned, unread, needsReply, offers],
  );
  const counts = {
    waiting: conversations.filter(isWaiting).length,
    unread: conversations.filter(isUnread).length,
    needsReply: conversations.filter((each) => each.unreadCount > 0).length,
  };
  const paged = { error: problem, hasMore, isLoadingMore: false, loadMore: nothing, refetch: nothing };
  const isLocal = false;
  return {
    ...paged,
    isLocal,
    counts,
    conversations: listStatus === 'success' ? shown : [],
    status: listStatus,
  };
};

function matches(each: Conversation, { type, q, view, waiting }: ConversationFilter): boolean {
  if (waiting && !isWaiting(each)) return false;
  if (type && each.type !== type) return false;
  if (view === 'mine' && each.participants.admin?.id !== getScene().me?.id) return false;
  return !q || JSON.stringify(each).toLowerCase().includes(q.toLowerCase());
}

export const useConversation: typeof hooks.useConversation = (id) => {
  const { conversations, listStatus, problem } = useScene();
  const conversation = conversations.find((each) => each.id === id) ?? null;
  const missing = listStatus === 'pending' ? 'pending' : 'error';
  return { conversation, status: conversation ? 'success' : missing, error: problem, refetch: nothing };
};

export const useAudit: typeof hooks.useAudit = ({ conversationId }) => {
  const { audit, auditStatus, problem } = useScene();
  const entries = useMemo(
    () => audit.filter((entry) => entry.conversationId === conversationId),
    [audit, conversationId],
  );
  const refetch = () => setScene({ auditStatus: 'success' });
  const paged = { error: problem, hasMore: false, isLoadingMore: false, loadMore: nothing, refetch };
  return { ...paged, entries: auditStatus === 'success' ? entries : [], status: auditStatus };
};

export const useLastSender: typeof hooks.useLastSender = ({ id }) =>
  useScene().messages[id]?.findLast((each) => each.seq !== null)?.senderId ?? null;
const noEvents: hooks.ConversationEvent[] = [];
export const useMembershipEvents: typeof hooks.useMembershipEvents = (id) =>
  useScene().happened[id] ?? noEvents;
export const useFirstUnread: typeof hooks.useFirstUnread = () => useScene().firstUnread;
export const useMarkRead: typeof hooks.useMarkRead = nothing;
export const useIncomingMessage: typeof hooks.useIncomingMessage = listen;
export const useTyping: typeof hooks.useTyping = () => ({
  people: useScene().typing,
  onType: nothing,
  onStop: nothing,
});
export const useConnection: typeof hooks.useConnection = () => ({
  status: useScene().connection,
  retryAt: null,
  reconnect: nothing,
});
export const useIsCutOff: typeof hooks.useIsCutOff = () => useScene().connection !== 'online';
export const usePresence: typeof hooks.usePresence = (id) => {
  const { conversations, lastSeen, connection } = useScene();
  if (connection !== 'online') return null;
  const isOnline = conversations.some((each) =>
    Object.values(each.participants).some((person) => person?.id === id && person.isOnline),
  );
  return { isOnline, lastSeen };
};

export const useConversationActions: typeof hooks.useConversationActions = () =>
  useMemo(() => {
    const to = async (id: string, edit: (conversation: Conversation) => Conversation) => {
      const { refusal, conversations } = getScene();
      if (refusal) throw refusal;
      setScene({
        conversations: conversations.map((each) => (each.id === id ? edit(each) : each)),
      });
    };
    const plain = { isArchived: false, isPinned: false, mutedUntil: null, isMarkedUnread: false };
    return {
      change: ({ id }, settings) =>
        to(id, (each) => ({ ...each, settings: { ...plain, ...each.settings, ...settings } })),
      setBlocked: (id, isBlocked) =>
        to(id, ({ blockedBy: _, ...rest }) => ({
          ...rest,
          ...(isBlocked && { blockedBy: getScene().me?.id ?? '' }),
        })),
      setClosed: (id, isClosed, reason) =>
        to(id, ({ closedAt: _, closedReason: __, ...rest }) => ({
          ...rest,
          ...(isClosed && { closedAt: new Date().toISOString(), closedReason: reason ?? '' }),
        })),
      report: (id, report) => {
        setScene({ reports: [...getScene().reports, { id, ...report }] });
        return to(id, (each) => each);
      },
    };
  }, []);

const pagedOf = { error: null, hasMore: false, isLoadingMore: false, loadMore: nothing, refetch: nothing };

export const useSearch: typeof hooks.useSearch = (q) => {
  const { found, conversations } = useScene();
  const results = found.filter(({ message }) => message.message.toLowerCase().includes(q.toLowerCase()));
  const conversationOf = async ({ conversationId }: { conversationId: string }) =>
    conversations.find((each) => each.id === conversationId) as Conversation;
  return { ...pagedOf, status: 'success', results, conversationOf };
};

export const useFiles: typeof hooks.useFiles = () => ({
  ...pagedOf,
  status: 'success',
  files: useScene().files,
});

export const useReplies: typeof hooks.useReplies = () => {
  const { replies } = useScene();
  const save = async ({ id, ...rest }: Omit<SavedReply, 'id'> & { id: string | null }) => {
    const { refusal } = getScene();
    if (refusal) throw refusal;
    const others = getScene().replies.filter((each) => each.id !== id);
    setScene({ replies: [...others, { ...rest, id: id ?? `r${others.length}` }] });
  };
  const remove = async (id: string) =>
    setScene({ replies: getScene().replies.filter((each) => each.id !== id) });
  return { replies, status: 'success', error: null, refetch: nothing, save, remove };
};

export const usePreferences: typeof hooks.usePreferences = () => ({
  preferences: useScene().preferences,
  status: 'success',
  error: null,
  refetch: nothing,
  save: async (preferences) => {
    const { refusal } = getScene();
    if (refusal) throw refusal;
    setScene({ preferences });
  },
});

export const usePush: typeof hooks.usePush = () => ({
  state: useScene().push,
  turnOn: async () => setScene({ push: 'on', preferences: { ...getScene().preferences, push: true } }),
  turnOff: async () => setScene({ push: 'off' }),
});

export const useWriting: typeof hooks.useWriting = (id) => {
  const writing = useScene().writing[id ?? ''] ?? null;
  const set = useCallback(
    (next: hooks.Writing | null) => setScene({ writing: { ...getScene().writing, [id ?? '']: next } }),
    [id],
  );
  return { writing, set };
};

export const useTarget: typeof hooks.useTarget = (id) => {
  const target = useScene().targets[id] ?? null;
  const done = useCallback(() => setScene({ targets: { ...getScene().targets, [id]: null } }), [id]);
  return { target, done };
};

export const useGoTo: typeof hooks.useGoTo = () =>
  useCallback((id, messageId) => setScene({ targets: { ...getScene().targets, [id]: { messageId } } }), []);

export const useVersions: typeof hooks.useVersions = () => ({
  versions: useScene().versions,
  status: 'success',
  error: null,
  refetch: nothing,
});

export const useProductConversation: typeof hooks.useProductConversation = (productId, type) => {
  const { conversations, listStatus } = useScene();
  const found =
    conversations.find((each) => each.product?.id === productId && each.type === type)?.id ?? null;
  return { conversationId: found, status: found === null ? listStatus : 'success', refetch: nothing };
};

export const useDrafts: typeof hooks.useDrafts = () => {
  const { drafts } = useScene();
  return useMemo(() => new Map(Object.entries(drafts)), [drafts]);
};

export const useDraft: typeof hooks.useDraft = (id) => {
  const key = id ?? '';
  const text = useScene().drafts[key] ?? '';
  const setText = useCallback(
    (value: string) => setScene({ drafts: { ...getScene().drafts, [key]: value } }),
    [key],
  );
  const clear = useCallback(() => setText(''), [setText]);
  return { text, isKept: useScene().storesDrafts, setText, clear };
};

export const useLimits: typeof hooks.useLimits = () => useScene().limits;

export const useUpload: typeof hooks.useUpload = () => {
  const { uploads, leftOut } = useScene();
  const keep = (isMeant: (each: hooks.Upload) => boolean) => setScene({ uploads: uploads.filter(isMeant) });
  return {
    uploads,
    leftOut,
    add: nothing,
    refuseFolders: nothing,
    retry: nothing,
    remove: (key) => setScene({ uploads: getScene().uploads.filter((each) => each.key !== key) }),
    removeRefused: () => keep((each) => each.status !== 'failed'),
    clear: () => setScene({ uploads: [] }),
    expire: () => false,
    isUploading: uploads.some((each) => each.status === 'uploading'),
    files: uploads.flatMap((each) => each.file ?? []),
  };
};

export const useFile: typeof hooks.useFile = (_conversation, _message, file: FileInfo) => ({
  url: file.url,
  thumbnailUrl: file.thumbnailUrl ?? null,
  refresh: async () => file.url,
});

export const useJoinLeave: typeof hooks.useJoinLeave = (id) => {
  const set = async (isIn: boolean) => {
    const { me, conversations } = getScene();
    const admin = me && isIn ? { id: me.id, name: 'Noor Haddad', isOnline: true, lastReadSeq: 0 } : undefined;
    setScene({
      conversations: conversations.map((each) =>
        each.id === id ? ({ ...each, participants: { ...each.participants, admin } } as Conversation) : each,
      ),
    });
  };
  return { join: () => set(true), leave: () => set(false), isPending: false, error: null };
};

export const useOpenConversation: typeof hooks.useOpenConversation = () => ({
  open: async (purpose: OpenConversation) => {
    const { conversations, openFails, me } = getScene();
    if (openFails || !me) throw new Error('The scene refuses it.');
    const supplier = { id: purpose.supplierId ?? '', name: 'Supplier', isOnline: false, lastReadSeq: 0 };
    const made: Conversation = {
      id: 'opened',
      type: purpose.supplierId ? 'buyer_supplier' : 'support',
      participants: {
        buyer: { ...supplier, id: me.id, name: 'Me' },
        ...(purpose.supplierId && { supplier }),
      },
      ...(purpose.productId && { product: { id: purpose.productId, name: 'Product', image: '' } }),
      lastMessage: null,
      lastMessageAt: null,
      unreadCount: 0,
      lastSeq: 0,
      rev: 1,
      lastReadSeq: 0,
      createdAt: new Date().toISOString(),
    };
    // The list hears of it first, as from the socket.
    setScene({ conversations: [made, ...conversations] });
    await new Promise((done) => setTimeout(done));
    return made;
  },
  isPending: false,
  error: null,
});

export * from './fake-messages.ts';
export * from './fake-negotiation.ts';
