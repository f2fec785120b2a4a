//! How people who are away are reached.

use std::collections::BTreeMap;

use chat::{
    ids::{ConversationId, UserId},
    preferences::Preferences,
    push::PushSubscription,
    storage::Unreachable,
    timestamp::Timestamp,
};

#[derive(Debug, Default)]
pub(super) struct Reach {
    pub preferences: BTreeMap<UserId, Preferences>,
    /// Of the last look for mails that may be owed.
    pub collected_at: Option<Timestamp>,
    /// Of the last look for browsers that are to be told.
    pub pushed_at: Option<Timestamp>,
    pub recipients: BTreeMap<UserId, RecipientRow>,
    pub digests: BTreeMap<(UserId, ConversationId), DigestRow>,
    /// By the address in lower case.
    pub bounces: BTreeMap<String, Unreachable>,
    /// In the order in which they came.
    pub browsers: Vec<(UserId, PushSubscription, Timestamp)>,
}

#[derive(Debug, Default)]
pub(super) struct RecipientRow {
    pub due_at: Option<Timestamp>,
    pub claim: Option<String>,
    pub attempts: i32,
}

#[derive(Debug, Default)]
pub(super) struct DigestRow {
    pub settled_seq: i64,
    pub pushed_seq: i64,
    pub mailed_at: Option<Timestamp>,
    pub sending: Option<(i64, Timestamp)>,
    pub reply_token: Option<String>,
}

impl Reach {
    pub fn forget(&mut self, user: &UserId) {
        self.preferences.remove(user);
        self.recipients.remove(user);
        self.digests.retain(|(of, _), _| of != user);
        self.browsers.retain(|(of, ..)| of != user);
    }
}
