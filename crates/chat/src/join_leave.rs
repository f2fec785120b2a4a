//! Administrators joining and leaving conversations.

use crate::{
    Chat,
    audit::{Actor, Operation, note_refusal},
    conversation::Conversation,
    error::{ChatError, Missing},
    ids::ConversationId,
    person::{Person, Role},
    storage::{Join, Leave},
};

/// Takes the administrator's place. Joining twice is fine.
pub async fn join(
    chat: &Chat,
    admin: &Actor,
    conversation: &ConversationId,
) -> Result<Conversation, ChatError> {
    let allowed = must_be_admin(chat, &admin.person, conversation).await;
    note_refusal(chat, admin, conversation, Operation::Joining, allowed).await?;
    let act = admin.act(&*chat.clock);
    match chat
        .storage
        .join(conversation, &admin.person.id, act, &chat.bus)
        .await?
    {
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
    let allowed = must_be_admin(chat, &admin.person, conversation).await;
    note_refusal(chat, admin, conversation, Operation::Leaving, allowed).await?;
    let act = admin.act(&*chat.clock);
    match chat
        .storage
        .leave(conversation, &admin.person.id, act, &chat.bus)
        .await?
    {
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

/// Others are refused, which is written down: so only where there is a conversation.
async fn must_be_admin(
    chat: &Chat,
    person: &Person,
    conversation: &ConversationId,
) -> Result<(), ChatError> {
    if person.role == Role::Admin {
        return Ok(());
    }
    let found = chat.storage.conversation(conversation).await?;
    found.ok_or(ChatError::NotFound(Missing::Conversation))?;
    Err(ChatError::Forbidden("Only administrators join and leave"))
}
