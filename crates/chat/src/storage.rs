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
mod digests;
mod directory;
mod files;
mod halves;
mod health;
mod held_files;
mod jobs;
mod leases;
mod mailboxes;
mod membership;
mod message_changes;
mod message_search;
mod messages;
mod notifications;
mod offers;
mod partial_uploads;
mod preferences;
mod push_subscriptions;
mod read_marks;
mod replies;
mod reports;
mod result;
mod settings;
mod uploads;
mod webhooks;

pub use self::{
    answer_times::AnswerTimes,
    audit::AuditLog,
    barriers::Barriers,
    conversations::{
        Conversations, ListCounts, ListCursor, ListPage, ListPart, ListQuery, OfferFilter, Scope,
        Sort,
    },
    digests::{Claim, Digests},
    directory::{
        Delete, Directory, DirectoryEditor, ProductRecord, Put, SupplierRecord, UserRecord,
    },
    files::{Files, SentFile},
    halves::{Storage, Writer},
    health::Health,
    held_files::HeldFiles,
    jobs::Jobs,
    leases::Leases,
    mailboxes::{MailState, Mailboxes, Unreachable},
    membership::{Join, Leave, Membership, NewConversation, Opened},
    message_changes::{Change, Correction, MessageChanges, Reacting, Retraction, Target},
    message_search::{MessageSearch, SearchCursor, SearchPage, SearchQuery, SearchScope},
    messages::{Anchor, Append, HistoryPage, Messages, Missed, Since},
    notifications::Notifications,
    offers::{AnswerDraft, Answered, Make, NewQuotation, OfferDraft, Offers},
    partial_uploads::{PartialUpload, PartialUploads},
    preferences::PreferenceStore,
    push_subscriptions::PushSubscriptions,
    read_marks::{Mark, ReadMarks},
    replies::{NewReply, PutReply, Replies},
    reports::{Filed, Judgement, NewReport, ReportCursor, ReportPage, ReportQuery, Reports},
    result::Result,
    settings::Settings,
    uploads::Uploads,
    webhooks::Webhooks,
};
