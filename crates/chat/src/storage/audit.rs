//! The log of who did what.

use async_trait::async_trait;

use super::Result;
use crate::{
    audit::{AuditCursor, AuditPage, AuditQuery, Entry},
    conversation_event::EventPage,
    ids::ConversationId,
    timestamp::Timestamp,
};

/// What changes a conversation is written by [`super::Writer`] in the transaction of the change;
/// everything else comes here before it is answered.
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// All of them or, with an error, none.
    async fn record(&self, entries: Vec<Entry>) -> Result<()>;

    /// Those of which there is none by the same actor, with the same action and conversation,
    /// that is newer than this.
    async fn record_new(&self, entries: Vec<Entry>, since: Timestamp) -> Result<()>;

    async fn entries(&self, query: &AuditQuery) -> Result<AuditPage>;

    /// Who joined and left this conversation, behind the cursor.
    async fn events(
        &self,
        conversation: &ConversationId,
        cursor: Option<&AuditCursor>,
        limit: i64,
    ) -> Result<EventPage>;
}
