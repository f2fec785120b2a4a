/** Every limit and timeout of the client, in one place. The server has its own and decides. */
export const limits = {
  messageCharacters: 10_000,
  attachmentsPerMessage: 10,
  attachmentBytes: 25 * 1024 * 1024,
  frameBytes: 64 * 1024,
  /** What a server page may hold, and what we ask for. */
  messagePage: 50,
  messagePageLargest: 100,
  conversationPage: 50,
  /** Pages fetched in one go to close a gap; behind more than that the window just ends earlier. */
  catchUpPages: 6,
  /** Events remembered while a fetch is under way, to be applied to its answer. */
  replayEvents: 500,
  outboxItems: 200,
  sendAttempts: 12,
  draftCharacters: 10_000,
  drafts: 200,
  parallelUploads: 3,

  requestTimeoutMs: 15_000,
  uploadTimeoutMs: 10 * 60_000,
  tokenTimeoutMs: 15_000,
  /** A token this close to its end is replaced before it is used. */
  tokenMarginMs: 30_000,
  socketOpenTimeoutMs: 10_000,
  authenticateTimeoutMs: 10_000,
  readyTimeoutMs: 60_000,
  heartbeatMs: 25_000,
  pongTimeoutMs: 10_000,
  backoffFirstMs: 500,
  backoffLongestMs: 30_000,
  /** After this many failures in a row a hidden page stops trying until somebody looks at it. */
  attemptsWhileHidden: 12,
  typingRepeatMs: 3_000,
  typingExpiresMs: 6_000,
  markReadDelayMs: 400,
} as const;

/** What the server accepts by content; the names only help a file dialog and an early warning. */
export const acceptedFiles =
  'image/png,image/jpeg,image/webp,image/gif,application/pdf,text/plain,text/csv,.csv,.docx,.xlsx,.zip';
