//! Reading the messages of a conversation, page by page.

use crate::{
    access::Access,
    audit::{Actor, Operation, record},
    chat::Chat,
    conversation::Conversation,
    error::ChatError,
    mark_read::mark_read,
    storage::{Anchor, HistoryPage},
};

/// A page, newest first. With `mark`, a participant has then read up to its newest message.
pub async fn read_history(
    chat: &Chat,
    actor: &Actor,
    access: &Access,
    anchor: &Anchor,
    limit: i64,
    mark: bool,
) -> Result<HistoryPage, ChatError> {
    let Conversation {
        id: conversation,
        rev,
        ..
    } = access.conversation();
    let page = chat.messages.history(conversation, anchor, limit, *rev);
    let page = page.await?;
    let page = page.ok_or_else(|| {
        ChatError::field(anchor_name(anchor), "Not a message of this conversation")
    })?;
    access.audit_view(chat, actor, Operation::Messages).await?;
    if let (Access::Participant(_), Anchor::Newest | Anchor::After(_)) = (access, anchor) {
        record::opened(chat, actor, [conversation]).await?;
    }
    if let (true, Access::Participant(reader), Some(newest)) = (mark, access, page.messages.first())
    {
        mark_read(chat, reader, Some(&newest.id)).await?;
    }
    Ok(page)
}

fn anchor_name(anchor: &Anchor) -> &'static str {
    match anchor {
        Anchor::Newest | Anchor::Before(_) => "before",
        Anchor::After(_) => "after",
        Anchor::Around(_) => "around",
    }
}
