//! What a message said before.

use crate::{
    access::authorize_versions,
    audit::{Actor, Operation, record},
    change_message::find,
    chat::Chat,
    error::{ChatError, Missing},
    ids::{ConversationId, MessageId},
    message::Version,
};

/// Oldest first; for administrators. Each look is audited.
pub async fn list_versions(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    message: &MessageId,
) -> Result<Vec<Version>, ChatError> {
    find(chat, actor, conversation, message, Operation::Versions).await?;
    let may = authorize_versions(&actor.person);
    record::refusal(chat, actor, conversation, Operation::Versions, may).await?;
    let versions = chat.message_changes.versions(conversation, message).await?;
    let versions = versions.ok_or(ChatError::NotFound(Missing::Message))?;
    record::viewed(chat, actor, [conversation], Operation::Versions).await?;
    Ok(versions)
}
