//! A storage as a whole.

use std::sync::Arc;

use super::{
    AnswerTimes, AuditLog, Barriers, Conversations, Digests, Directory, DirectoryEditor, Files,
    Health, HeldFiles, Jobs, Leases, Mailboxes, Membership, MessageChanges, MessageSearch,
    Messages, Notifications, Offers, PartialUploads, PreferenceStore, PushSubscriptions, ReadMarks,
    Replies, Reports, Settings, Uploads, Webhooks,
};
use crate::publisher::Publisher;

/// What is read, and changes that no socket hears of from storage. Needs no publisher, so
/// whatever a publisher is made of may read here.
pub trait Storage:
    AnswerTimes
    + AuditLog
    + Conversations
    + Digests
    + Directory
    + Files
    + Health
    + Jobs
    + Leases
    + MessageSearch
    + Notifications
    + Replies
    + Reports
    + PartialUploads
    + Mailboxes
    + PreferenceStore
    + PushSubscriptions
    + Uploads
    + Webhooks
    + Sized
    + 'static
{
    type Writer: Writer;

    /// The other half. Everything that it changes goes out through this publisher. One writer at a
    /// time: two would not keep the order of their changes.
    fn writer(self: &Arc<Self>, publisher: Arc<dyn Publisher>) -> Arc<Self::Writer>;
}

/// Changes of conversations, which the people in them hear of.
///
/// Changes of one conversation are serialized: each raises `rev` by one, and is handed to the
/// publisher after its commit, in the order of the commits, before the call returns. A failed call
/// changed nothing, except that [`crate::error::StorageError::Unavailable`] leaves open whether a
/// write was committed; a retry with the same `clientMessageId` finds out.
pub trait Writer:
    Barriers
    + DirectoryEditor
    + HeldFiles
    + Membership
    + MessageChanges
    + Messages
    + Offers
    + ReadMarks
    + Settings
    + 'static
{
}
