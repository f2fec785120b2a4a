//! What ends writing in a conversation.

use async_trait::async_trait;

use super::Result;
use crate::{
    audit::Act,
    conversation::Conversation,
    ids::{ConversationId, UserId},
    message::SystemDraft,
    participant::Participant,
};

/// Every change is audited in its transaction, raises `rev` and is published; what is so already
/// changes nothing. A send asks under the lock of the conversation's row, so none is stored after one of
/// these has been answered.
#[async_trait]
pub trait Barriers: Send + Sync {
    /// The buyer or supplier in this place is written to by the other no more, or again. `None`: the
    /// place is no longer theirs.
    async fn block(
        &self,
        place: &Participant,
        blocks: bool,
        act: Act,
    ) -> Result<Option<Conversation>>;

    /// `told` is what stands in the thread, as [`super::MessageChanges::append_system`] puts it there,
    /// and names the conversation. `None`: there is none.
    async fn close(
        &self,
        told: SystemDraft,
        reason: &str,
        act: Act,
    ) -> Result<Option<Conversation>>;

    /// As [`Self::close`].
    async fn reopen(&self, told: SystemDraft, act: Act) -> Result<Option<Conversation>>;

    /// A conversation in which the one blocks the other.
    async fn blocking(&self, blocker: &UserId, blocked: &UserId) -> Result<Option<ConversationId>>;
}
