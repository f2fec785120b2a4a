//! What somebody sets in a conversation for themselves alone.

use serde::{Deserialize, Serialize};

use crate::timestamp::Timestamp;

/// Nothing of it is written by a message that comes: what a message ends follows from the numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnSettings {
    /// It was put away when this was the newest message.
    pub archived_seq: Option<i64>,
    pub is_pinned: bool,
    /// Only while it lasts, where somebody looks; storage keeps it longer.
    pub muted_until: Option<Timestamp>,
    /// It was marked as unread when so much was read.
    pub unread_seq: Option<i64>,
}

/// What is to be set. `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettingsChange {
    pub is_archived: Option<bool>,
    pub is_pinned: Option<bool>,
    /// `Some(None)`: no longer.
    pub muted_until: Option<Option<Timestamp>>,
    pub is_marked_unread: Option<bool>,
}

impl SettingsChange {
    /// Whoever reads is through with it.
    pub fn read() -> Self {
        Self {
            is_marked_unread: Some(false),
            ..Self::default()
        }
    }
}

impl OwnSettings {
    /// As they are afterwards, in a conversation with this newest message, of somebody who has read
    /// so far.
    #[must_use]
    pub fn changed(&self, change: &SettingsChange, last_seq: i64, last_read_seq: i64) -> Self {
        let then = |is_set: Option<bool>, before: Option<i64>, seq: i64| match is_set {
            None => before,
            Some(true) => Some(seq),
            Some(false) => None,
        };
        Self {
            archived_seq: then(change.is_archived, self.archived_seq, last_seq),
            is_pinned: change.is_pinned.unwrap_or(self.is_pinned),
            muted_until: change.muted_until.unwrap_or(self.muted_until),
            unread_seq: then(change.is_marked_unread, self.unread_seq, last_read_seq),
        }
    }

    /// A newer message brings it back, unless it is muted.
    pub fn is_archived(&self, last_seq: i64) -> bool {
        let is_muted = self.muted_until.is_some();
        self.archived_seq
            .is_some_and(|seq| seq >= last_seq || is_muted)
    }

    /// Reading on ends it.
    pub fn is_marked_unread(&self, last_read_seq: i64) -> bool {
        self.unread_seq.is_some_and(|seq| seq >= last_read_seq)
    }
}
