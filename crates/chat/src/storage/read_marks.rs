//! How far everybody has read.

use async_trait::async_trait;

use super::Result;
use crate::{
    ids::{MessageId, UserId},
    participant::Participant,
    timestamp::Timestamp,
};

/// What became of a read mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Now at this `seq`, with this many unread behind it. `moved` says whether it changed.
    At {
        last_read_seq: i64,
        unread: i64,
        moved: bool,
    },
    /// The message named is not of this conversation.
    UnknownMessage,
    /// The place is no longer this user's.
    NotParticipant,
}

#[async_trait]
pub trait ReadMarks: Send + Sync {
    /// Moves the participant's mark forward to this message, or to the newest.
    /// Lowers or reads their notification in the same transaction.
    async fn mark_read(
        &self,
        reader: &Participant,
        up_to: Option<&MessageId>,
        now: Timestamp,
    ) -> Result<Mark>;

    /// Unread messages over all conversations in which the user sits.
    async fn unread_count(&self, user: &UserId) -> Result<i64>;
}
