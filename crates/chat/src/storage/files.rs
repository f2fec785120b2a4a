//! Files that were sent.

use async_trait::async_trait;

use super::Result;
use crate::{
    attachment::Attachment,
    ids::{AttachmentId, ConversationId, MessageId, UserId},
    timestamp::Timestamp,
};

/// A file with the message that carries it.
#[derive(Clone, Debug, PartialEq)]
pub struct SentFile {
    pub attachment: Attachment,
    pub message: MessageId,
    pub seq: i64,
    /// As a message has it.
    pub sender: Option<UserId>,
    pub sender_name: String,
    pub created_at: Timestamp,
}

#[async_trait]
pub trait Files: Send + Sync {
    /// Those of a conversation, newest message first, those of one message in its order, and whether
    /// there are more; `after` is the last one of the page before. `None`: it is none of this
    /// conversation.
    async fn page(
        &self,
        conversation: &ConversationId,
        after: Option<&AttachmentId>,
        limit: i64,
    ) -> Result<Option<(Vec<SentFile>, bool)>>;

    /// Files that are held and that nobody looks at right now, sent or not. They are the caller's
    /// until then.
    async fn take_held(
        &self,
        now: Timestamp,
        until: Timestamp,
        limit: i64,
    ) -> Result<Vec<AttachmentId>>;
}
