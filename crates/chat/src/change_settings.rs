//! Archiving, pinning, muting, marking as unread: what nobody else sees.

use crate::{
    access::authorize_member,
    audit::{Actor, Operation},
    chat::Chat,
    conversation::Conversation,
    error::ChatError,
    ids::ConversationId,
    own_settings::SettingsChange,
};

/// Of somebody who sits there. What is so already changes nothing.
pub async fn change_settings(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    change: &SettingsChange,
) -> Result<Conversation, ChatError> {
    let place = authorize_member(chat, actor, conversation, Operation::Settings).await?;
    let act = actor.act(&*chat.clock);
    let changed = chat.settings.change(&place, change, Some(act)).await?;
    changed.ok_or(ChatError::NotParticipant)
}
