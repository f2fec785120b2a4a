//! What the outside sees: every JSON shape of HTTP and of the socket, once each, with the limits
//! and codes that clients may rely on.
//!
//! The server writes and reads these types; the OpenAPI and AsyncAPI documents are made from them,
//! and so are the types of the web kit.

mod audit;
mod barrier;
mod close;
mod conversation;
mod cursor;
mod delivery;
mod directory;
mod file;
mod limits;
mod message;
mod message_change;
mod notification;
mod operation;
mod person;
mod problem;
mod read;
mod replies;
mod report;
mod settings;
mod socket;
mod strict;
mod words;

pub use audit::{AuditDetail, AuditEntry, AuditFormat, AuditPage, ListAudit};
pub use barrier::{ChangedConversation, CloseConversation, ReopenConversation};
pub use close::Close;
pub use conversation::{
    Conversation, ConversationCounts, ConversationEvent, ConversationEventPage, ConversationPage,
    ListConversations, ListEvents, OpenConversation, Participant, Participants, Product,
};
pub use cursor::{Cursor, ListPlace};
pub use delivery::{Delivery, JobCounts};
pub use directory::{DirectoryProduct, PutProduct, PutSupplier, PutUser, Supplier, User};
pub use file::{File, FileLinks, Link, Upload};
pub use limits::{BODY_BYTES, FIRST_FRAME_SECONDS, FRAME_BYTES};
pub use message::{
    ListMessages, MarkRead, MarkedRead, Message, MessagePage, Reaction, ReplyTo, SendMessage,
    SentMessage, SystemNote, UnreadCount,
};
pub use message_change::{CorrectMessage, MessageVersion, MessageVersions, TakeBackMessage};
pub use notification::{
    ListNotifications, MarkNotificationsRead, MarkedNotifications, Notification, NotificationPage,
};
pub use operation::{AttachmentType, Health, Limits};
pub use person::UserStatus;
pub use problem::{Code, Problem};
pub use read::{Fields, Id, NOT_AN_ID, Read, is_possible_id};
pub use replies::{PutReply, Replies, Reply};
pub use report::{FileReport, FiledReport, JudgeReport, ListReports, Report, ReportPage};
pub use settings::{ChangeSettings, ChangedSettings, Settings};
pub use socket::{
    ADDRESS,
    asyncapi::document as asyncapi,
    client_frame::{Authenticate, BadFrame, ClientFrame, MarkReadFrame, Resume, Seen, TypingFrame},
    server_frame::ServerFrame,
};
pub use strict::read_strictly;
pub use words::{
    AuditAction, ConversationEventType, ConversationType, MessageKind, ReportReason, ReportState,
    Role, Sort, SystemEvent, View,
};
