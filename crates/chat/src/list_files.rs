//! Listing the files of a conversation.

use crate::{
    access::Access,
    audit::{Actor, Operation},
    chat::Chat,
    error::ChatError,
    ids::AttachmentId,
    storage::SentFile,
};

/// A page, newest message first, and whether there are more. `after` is the last one of the page
/// before.
pub async fn list_files(
    chat: &Chat,
    actor: &Actor,
    access: &Access,
    after: Option<&AttachmentId>,
    limit: i64,
) -> Result<(Vec<SentFile>, bool), ChatError> {
    let conversation = &access.conversation().id;
    let page = chat.files.page(conversation, after, limit).await?;
    let page = page.ok_or_else(|| ChatError::field("cursor", "Not a cursor of this list"))?;
    access.audit_view(chat, actor, Operation::Files).await?;
    Ok(page)
}
