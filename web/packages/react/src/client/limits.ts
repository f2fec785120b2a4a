/** Every limit and timeout of the client, in one place. What the server allows is in `server-limits`. */
export const limits = {
  /** The server closes on a frame over 64 KiB; the rest is room for the envelope. */
  sinceBytes: 60 * 1024,
  /** What a server page may hold, and what we ask for. */
  messagePage: 50,
  messagePageLargest: 100,
  conversationPage: 50,
  /** The largest that the server gives, and how many of them are looked through for one conversation. */
  lookupPage: 200,
  lookupPages: 50,
  /** Of words that are searched for; the server takes no more. */
  searchCharacters: 100,
  eventPage: 100,
  notificationPage: 50,
  /** Pages fetched in one go to close a gap; behind more than that the window just ends earlier. */
  catchUpPages: 6,
  /** Events remembered while a fetch is under way, to be applied to its answer. */
  replayEvents: 500,
  outboxItems: 200,
  settledKeys: 1_000,
  /** Answers of a server in trouble before a message counts as failed. Having no network does not count. */
  sendAttempts: 12,
  parallelSends: 4,
  /** All drafts of a user together; localStorage has room for five million characters, for the host page too. */
  draftStorageCharacters: 1_000_000,
  /** In all drafts of a tab together; the server lets a person have four. */
  parallelUploads: 3,
  /** Files that a composer shows; of more it says how many were left out. */
  chosenFiles: 50,
  uploadAttempts: 5,

  /** What is kept for a reload without a network: the newest conversations, and of each thread that was opened the newest messages. */
  savedConversations: 500,
  savedThreads: 30,
  savedMessages: 200,
  savedMs: 14 * 24 * 60 * 60_000,
  saveEveryMs: 1_000,
  /** Storage that does not answer must not keep anybody from connecting. */
  loadSavedTimeoutMs: 500,

  /** Of the browser's own services; one that has not answered by then is done without. */
  storageTimeoutMs: 2_000,
  locksTimeoutMs: 2_000,
  /** The tab that acts for all is asked so often whether it is still there, and has so long to say so. */
  leaderCheckMs: 20_000,
  leaderSilentMs: 5_000,

  /** An older message is not sent without asking: nobody expects it any more. */
  outboxAgeMs: 24 * 60 * 60_000,
  requestTimeoutMs: 15_000,
  uploadTimeoutMs: 10 * 60_000,
  /** The server removes an upload that was not sent for 24 hours; a little less is certain. */
  unsentUploadMs: 24 * 60 * 60_000 - 5 * 60_000,
  tokenTimeoutMs: 15_000,
  /** A token this close to its end is replaced before it is used. */
  tokenMarginMs: 30_000,
  socketOpenTimeoutMs: 10_000,
  authenticateTimeoutMs: 10_000,
  readyTimeoutMs: 60_000,
  heartbeatMs: 25_000,
  pongTimeoutMs: 10_000,
  /** Online for this long, and earlier failures no longer count. */
  steadyMs: 10_000,
  backoffFirstMs: 1_000,
  backoffLongestMs: 30_000,
  /** After this many failures in a row a hidden page stops trying until somebody looks at it. */
  attemptsWhileHidden: 12,
  typingRepeatMs: 3_000,
  typingExpiresMs: 6_000,
  markReadDelayMs: 400,
  markReadAttempts: 5,
} as const;
