//! Administrators joining and leaving conversations.

use crate::{
    access::authorize_join,
    audit::{Actor, Operation},
    chat::Chat,
    conversation::Conversation,
    error::{ChatError, Missing},
    ids::ConversationId,
    storage::{Join, Leave},
};

/// Takes the administrator's place. Joining twice is fine.
pub async fn join(
    chat: &Chat,
    admin: &Actor,
    conversation: &ConversationId,
) -> Result<Conversation, ChatError> {
    authorize_join(chat, admin, conversation, Operation::Joining).await?;
    let act = admin.act(&*chat.clock);
    let joined = chat.membership.join(conversation, &admin.person.id, act);
    match joined.await? {
        Join::Joined(conversation) | Join::AlreadyIn(conversation) => Ok(*conversation),
        Join::Taken => Err(ChatError::Conflict("Another administrator has this place")),
        Join::NoConversation => Err(ChatError::NotFound(Missing::Conversation)),
    }
}

pub async fn leave(
    chat: &Chat,
    admin: &Actor,
    conversation: &ConversationId,
) -> Result<Conversation, ChatError> {
    authorize_join(chat, admin, conversation, Operation::Leaving).await?;
    let act = admin.act(&*chat.clock);
    let left = chat.membership.leave(conversation, &admin.person.id, act);
    match left.await? {
        Leave::Left(conversation) => Ok(*conversation),
        Leave::NotIn => Err(ChatError::Conflict("You have not joined this conversation")),
        Leave::NoConversation => Err(ChatError::NotFound(Missing::Conversation)),
    }
}

/// Sending is a way of joining, when the place is free.
pub(crate) async fn take_place_to_send(
    chat: &Chat,
    admin: &Actor,
    conversation: &ConversationId,
) -> Result<(), ChatError> {
    match join(chat, admin, conversation).await {
        Ok(_) => Ok(()),
        Err(ChatError::Conflict(_)) => Err(ChatError::NotParticipant),
        Err(error) => Err(error),
    }
}
