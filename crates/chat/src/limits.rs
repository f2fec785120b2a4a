//! Every limit of the domain in one table.

/// Characters of a message after cleaning.
pub const MESSAGE_CHARS: usize = 10_000;
/// Characters of `lastMessage`.
pub const PREVIEW_CHARS: usize = 200;
/// Different reactions to a message.
pub const REACTIONS: usize = 20;
/// Bytes of a reaction: the longest signs that people see as one have 35.
pub const REACTION_BYTES: usize = 64;
/// Characters of a reason that somebody gives.
pub const REASON_CHARS: usize = 500;
/// Characters of a `clientMessageId`.
pub const CLIENT_MESSAGE_ID_CHARS: usize = 64;
/// Bytes of an id that a client names; a longer one cannot exist.
pub const ID_BYTES: usize = 128;
/// Characters of a file's name: what file systems allow.
pub const FILE_NAME_CHARS: usize = 255;
/// Uploads of one person that wait to be sent, or are not here as a whole.
pub const UNSENT_UPLOADS: i64 = 100;
/// Seconds after which an upload that was never sent is removed.
pub const UNSENT_SECONDS: i64 = 24 * 60 * 60;
/// Seconds for which one server has a file that it shows to the scanner.
pub const SCAN_SECONDS: i64 = 10 * 60;
/// Seconds for which a signed link is good.
pub const LINK_SECONDS: i64 = 15 * 60;
/// Characters of a search text.
pub const SEARCH_CHARS: usize = 100;
/// Found messages of a page: default and most.
pub const SEARCH_PAGE: (i64, i64) = (20, 50);
/// Messages of a page: default and most.
pub const HISTORY_PAGE: (i64, i64) = (50, 100);
/// Conversations of a page: default and most.
pub const LIST_PAGE: (i64, i64) = (100, 200);
/// Notifications of a page: default and most.
pub const NOTIFICATION_PAGE: (i64, i64) = (50, 100);
/// Files of a page: default and most.
pub const FILE_PAGE: (i64, i64) = (50, 100);
/// Audit entries of a page: default and most.
pub const AUDIT_PAGE: (i64, i64) = (50, 100);
/// Events of a conversation in a page: default and most.
pub const EVENT_PAGE: (i64, i64) = (50, 100);
/// Deliveries of a webhook in a page: default and most.
pub const DELIVERY_PAGE: (i64, i64) = (50, 100);
/// Endpoints of webhooks.
pub const WEBHOOK_ENDPOINTS: i64 = 20;
/// Days for which events and their deliveries are kept.
pub const DELIVERY_DAYS: u64 = 30;
/// Audit entries that an export holds in memory at a time.
pub const AUDIT_EXPORT_CHUNK: i64 = 500;
/// Characters that the audit keeps of what a client calls itself.
pub const USER_AGENT_CHARS: usize = 256;
/// Missed messages of one conversation that a resume still sends.
pub const RESUME_MESSAGES: i64 = 500;
/// Conversations that one storage call of a resume looks at.
pub const RESUME_CHUNK: usize = 100;
/// Characters of a report, and of its answer.
pub const REPORT_CHARS: usize = 2_000;
/// Reports of one person that wait to be judged.
pub const OPEN_REPORTS: i64 = 50;
/// Reports of a page: default and most.
pub const REPORT_PAGE: (i64, i64) = (50, 100);
/// Saved replies of a person, and of a company.
pub const REPLIES: i64 = 200;
/// Characters of a saved reply.
pub const REPLY_CHARS: usize = 4_000;
/// Characters of its name.
pub const REPLY_NAME_CHARS: usize = 80;
/// Seconds after which a node's leases end when its heartbeat stops.
pub const LEASE_SECONDS: i64 = 45;
/// Seconds between two heartbeats of a node.
pub const HEARTBEAT_SECONDS: u64 = 15;
/// Seconds after which the server ends a typing signal.
pub const TYPING_SECONDS: u64 = 5;
/// Notification ids in one PATCH.
pub const NOTIFICATION_IDS: usize = 500;
/// Characters of the tag of a language (RFC 5646, 4.4.1).
pub const LANGUAGE_CHARS: usize = 35;
/// Characters of the name of a time zone.
pub const ZONE_CHARS: usize = 64;
/// Browsers of one person that get push messages; the oldest goes.
pub const PUSH_SUBSCRIPTIONS: usize = 10;
/// Mails to an address that came back, after which no more go there.
pub const BOUNCES: i64 = 3;
/// Characters of what a mail server said.
pub const BOUNCE_REASON_CHARS: usize = 200;
