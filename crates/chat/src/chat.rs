//! What use cases work with.

use std::{fmt, sync::Arc};

use crate::{
    audit::AuditTrail,
    publisher::Publisher,
    rate_limit::RateLimiter,
    storage::{
        AnswerTimes, Barriers, Conversations, Digests, Directory, DirectoryEditor, Files, Health,
        HeldFiles, Jobs, Leases, Mailboxes, Membership, MessageChanges, MessageSearch, Messages,
        Notifications, Offers, PartialUploads, PreferenceStore, PushSubscriptions, ReadMarks,
        Replies, Reports, Settings, Storage, Uploads, Webhooks,
    },
    timestamp::Clock,
};

/// Everything a use case needs from outside, handed over once at the start.
#[derive(Clone)]
pub struct Chat {
    pub health: Arc<dyn Health>,
    pub conversations: Arc<dyn Conversations>,
    pub membership: Arc<dyn Membership>,
    pub messages: Arc<dyn Messages>,
    pub message_changes: Arc<dyn MessageChanges>,
    pub search: Arc<dyn MessageSearch>,
    pub read_marks: Arc<dyn ReadMarks>,
    pub settings: Arc<dyn Settings>,
    pub barriers: Arc<dyn Barriers>,
    pub reports: Arc<dyn Reports>,
    pub replies: Arc<dyn Replies>,
    pub answer_times: Arc<dyn AnswerTimes>,
    pub notifications: Arc<dyn Notifications>,
    pub preferences: Arc<dyn PreferenceStore>,
    pub digests: Arc<dyn Digests>,
    pub mailboxes: Arc<dyn Mailboxes>,
    pub push_subscriptions: Arc<dyn PushSubscriptions>,
    pub offers: Arc<dyn Offers>,
    pub uploads: Arc<dyn Uploads>,
    pub partial_uploads: Arc<dyn PartialUploads>,
    pub files: Arc<dyn Files>,
    pub held_files: Arc<dyn HeldFiles>,
    pub directory: Arc<dyn Directory>,
    pub directory_editor: Arc<dyn DirectoryEditor>,
    pub leases: Arc<dyn Leases>,
    pub jobs: Arc<dyn Jobs>,
    pub webhooks: Arc<dyn Webhooks>,
    pub audit: Arc<AuditTrail>,
    pub publisher: Arc<dyn Publisher>,
    pub rate_limiter: Arc<dyn RateLimiter>,
    pub clock: Arc<dyn Clock>,
}

impl Chat {
    /// On this storage, whose changes go out through the same publisher as everything else. The
    /// writer that is made for it is returned too: whoever ends the storage ends it first.
    pub fn on<S: Storage>(
        storage: &Arc<S>,
        publisher: Arc<dyn Publisher>,
        rate_limiter: Arc<dyn RateLimiter>,
        clock: Arc<dyn Clock>,
    ) -> (Self, Arc<S::Writer>) {
        let writer = storage.writer(publisher.clone());
        let chat = Self {
            health: storage.clone(),
            conversations: storage.clone(),
            membership: writer.clone(),
            messages: writer.clone(),
            message_changes: writer.clone(),
            search: storage.clone(),
            read_marks: writer.clone(),
            settings: writer.clone(),
            barriers: writer.clone(),
            reports: storage.clone(),
            replies: storage.clone(),
            answer_times: storage.clone(),
            notifications: storage.clone(),
            preferences: storage.clone(),
            digests: storage.clone(),
            mailboxes: storage.clone(),
            push_subscriptions: storage.clone(),
            offers: writer.clone(),
            uploads: storage.clone(),
            partial_uploads: storage.clone(),
            files: storage.clone(),
            held_files: writer.clone(),
            directory: storage.clone(),
            directory_editor: writer.clone(),
            leases: storage.clone(),
            jobs: storage.clone(),
            webhooks: storage.clone(),
            audit: Arc::new(AuditTrail::new(storage.clone())),
            publisher,
            rate_limiter,
            clock,
        };
        (chat, writer)
    }
}

impl fmt::Debug for Chat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chat")
    }
}
