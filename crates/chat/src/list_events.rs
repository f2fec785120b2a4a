//! Listing who joined and left a conversation.

use crate::{
    access::Access,
    audit::{Actor, AuditCursor, Operation},
    chat::Chat,
    conversation_event::EventPage,
    error::ChatError,
};

/// Marks nothing as read.
pub async fn list_events(
    chat: &Chat,
    actor: &Actor,
    access: &Access,
    cursor: Option<&AuditCursor>,
    limit: i64,
) -> Result<EventPage, ChatError> {
    let conversation = &access.conversation().id;
    let page = chat.audit.events(conversation, cursor, limit).await?;
    access.audit_view(chat, actor, Operation::Events).await?;
    Ok(page)
}
