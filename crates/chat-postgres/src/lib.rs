//! Storage on PostgreSQL 15 to 18: migrations and all the SQL.
//!
//! A [`PgStorage`] is one database. What the people in a conversation hear of is changed through its
//! [`PgWriter`], and goes through a queue ([`write::queue`]), so that many changes share a
//! transaction and leave in the order of their commits. Each noun has a file with its trait and
//! its SQL; what several of them read is in [`read`].

mod answer_times;
mod audit;
mod barriers;
mod bulk;
mod chores;
mod conversations;
mod departure;
mod digests;
mod directory;
mod error;
mod files;
mod fill;
mod held_files;
mod host_sessions;
mod jobs;
mod leases;
mod legacy;
mod mailboxes;
mod mapping;
mod membership;
mod message_changes;
mod message_search;
mod messages;
mod migrate;
mod notifications;
mod offers;
mod options;
mod orphans;
mod partial_uploads;
mod places;
mod pool;
mod preferences;
mod presence_lock;
mod purpose;
mod push_subscriptions;
mod reach;
mod read;
mod read_marks;
mod replica;
mod replies;
mod reports;
mod search_index;
mod settings;
mod storage;
mod template;
mod transfer;
mod turns;
mod uploads;
mod webhooks;
mod write;
mod writer;

pub use bulk::{BulkConversation, BulkFile, BulkMessage};
pub use error::PgError;
pub use files::KeptFile;
pub use host_sessions::{HostSession, SessionTable};
pub use legacy::copy as legacy_copy;
pub use legacy::{
    ConversationColumn, Fate, Meaning, MessageColumn, Named, OldChat, OldColumn, OldRow, OldTable,
    Profiles, Reason, Recognition, Shape, TakeOver, begin_move, end_copy, find_old_chat, finish,
    losses, recognise, refuse_unmoved_chat, restore, revert,
};
pub use mapping::Mapping;
pub use migrate::{Migration, Survey, grants, migrate, pending, survey};
pub use options::PgOptions;
pub use places::Places;
pub use reach::{Reached, check_url, reach, reach_replica};
pub use replica::ReplicaReads;
pub use storage::PgStorage;
pub use transfer::{
    Count, Export, ExportScope, ExportedConversation, ExportedFile, ExportedMessage, Import, Note,
    Origin, SourceConversation, SourceFile, SourceMessage, SourceReceiver, SourceTime, Stretches,
    Taken, Tally, WantedFile,
};
pub use writer::PgWriter;
