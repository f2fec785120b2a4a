//! What the outside sees: every JSON shape of HTTP and of the socket, once each, with the limits
//! and codes that clients may rely on.
//!
//! The server writes and reads these types; the OpenAPI and AsyncAPI documents are made from them,
//! and so are the types of the web kit.

mod audit;
mod barrier;
mod close;
mod conversation;
mod conversation_events;
mod conversation_files;
mod conversation_list;
mod cursor;
mod delivery;
mod directory;
mod file;
mod limits;
mod message;
mod message_change;
mod negotiated;
mod notification;
mod offer;
mod operation;
mod person;
mod preferences;
mod problem;
mod push;
mod read;
mod replies;
mod report;
mod request;
mod search;
mod settings;
mod socket;
mod strict;
mod webhook;
mod words;

pub use audit::{AuditDetail, AuditEntry, AuditFormat, AuditPage, ListAudit};
pub use barrier::{ChangedConversation, CloseConversation, ReopenConversation};
pub use close::Close;
pub use conversation::{
    Conversation, ConversationOffer, OpenConversation, Participant, Participants, Product,
};
pub use conversation_events::{ConversationEvent, ConversationEventPage, ListEvents};
pub use conversation_files::{ConversationFile, ConversationFilePage, ListConversationFiles};
pub use conversation_list::{ConversationCounts, ConversationPage, ListConversations};
pub use cursor::{Cursor, ListPlace};
pub use delivery::{Bounced, Delivery, JobCounts, MailCounts, WebhookCounts};
pub use directory::{DirectoryProduct, PutProduct, PutSupplier, PutUser, Supplier, User};
pub use file::{File, FileLinks, FileState, Link, Upload};
pub use limits::{BODY_BYTES, FIRST_FRAME_SECONDS, FRAME_BYTES};
pub use message::{
    ListMessages, MarkRead, MarkedRead, Message, MessagePage, Reaction, ReplyTo, SendMessage,
    SentMessage, SystemNote, UnreadCount,
};
pub use message_change::{CorrectMessage, MessageVersion, MessageVersions, TakeBackMessage};
pub use negotiated::Negotiated;
pub use notification::{
    ListNotifications, MarkNotificationsRead, MarkedNotifications, Notification, NotificationPage,
};
pub use offer::{AnswerOffer, MakeOffer, Offer, OfferChain, OfferItem, Terms, Totals};
pub use operation::{AttachmentType, Health, Limits};
pub use person::UserStatus;
pub use preferences::{EmailFrequency, Preferences, PutPreferences, QuietHours};
pub use problem::{Code, Problem};
pub use push::{EndPush, PushKey, PushKeys, PushSubscription};
pub use read::{Fields, Id, NOT_AN_ID, Read, is_possible_id};
pub use replies::{PutReply, Replies, Reply};
pub use report::{FileReport, FiledReport, JudgeReport, ListReports, Report, ReportPage};
pub use request::{CloseRequest, MessageRequest, Request, RequestAnswer, RequestQuotation};
pub use search::{SearchMessages, SearchResult, SearchResults, SnippetPiece};
pub use settings::{ChangeSettings, ChangedSettings, Settings};
pub use socket::{
    ADDRESS,
    asyncapi::document as asyncapi,
    client_frame::{Authenticate, BadFrame, ClientFrame, MarkReadFrame, Resume, Seen, TypingFrame},
    server_frame::ServerFrame,
};
pub use strict::read_strictly;
pub use webhook::{
    AddWebhook, ChangeWebhook, ListWebhookDeliveries, Webhook, WebhookDelivery,
    WebhookDeliveryPage, WebhookEvent, WebhookFilter, Webhooks,
};
pub use words::{
    AuditAction, ConversationEventType, ConversationType, DeliveryState, Incoterm, MessageKind,
    OfferFilter, OfferState, ReportReason, ReportState, RequestState, Role, Sort, SystemEvent,
    View,
};
