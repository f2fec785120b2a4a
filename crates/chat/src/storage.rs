//! The traits behind which the database lives, one for each noun. PostgreSQL and the in-memory
//! reference model implement them, and one conformance suite holds both.
//!
//! A storage comes in two halves ([`Storage`], [`Writer`]): what everybody in a conversation hears
//! of is changed through a writer, which is given its publisher once, when it is made; everything else
//! needs none. So whatever publishes may read storage, and nothing waits for the other to be there.

mod answer_times;
mod audit;
mod barriers;
mod conversations;
mod directory;
mod halves;
mod health;
mod jobs;
mod leases;
mod membership;
mod message_changes;
mod messages;
mod notifications;
mod read_marks;
mod replies;
mod reports;
mod result;
mod settings;
mod uploads;

pub use self::{
    answer_times::AnswerTimes,
    audit::AuditLog,
    barriers::Barriers,
    conversations::{
        Conversations, ListCounts, ListCursor, ListPage, ListPart, ListQuery, Scope, Sort,
    },
    directory::{
        Delete, Directory, DirectoryEditor, ProductRecord, Put, SupplierRecord, UserRecord,
    },
    halves::{Storage, Writer},
    health::Health,
    jobs::Jobs,
    leases::Leases,
    membership::{Join, Leave, Membership, NewConversation, Opened},
    message_changes::{Change, Correction, MessageChanges, Reacting, Retraction, Target},
    messages::{Anchor, Append, HistoryPage, Messages, Missed, Since},
    notifications::Notifications,
    read_marks::{Mark, ReadMarks},
    replies::{NewReply, PutReply, Replies},
    reports::{Filed, Judgement, NewReport, ReportCursor, ReportPage, ReportQuery, Reports},
    result::Result,
    settings::Settings,
    uploads::Uploads,
};
