//! Administrators joining and leaving conversations.

use serde_json::json;

use crate::{
    access::authorize_join,
    audit::{Act, Action, Actor, Entry, Operation},
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
    let (entry, act) = noted(chat, admin, Action::Joined, conversation);
    let joined = chat.membership.join(conversation, &admin.person.id, act);
    match joined.await? {
        Join::Joined(conversation) => Ok(happened(chat, entry, *conversation)),
        Join::AlreadyIn(conversation) => Ok(*conversation),
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
    let (entry, act) = noted(chat, admin, Action::Left, conversation);
    let left = chat.membership.leave(conversation, &admin.person.id, act);
    match left.await? {
        Leave::Left(conversation) => Ok(happened(chat, entry, *conversation)),
        Leave::NotIn => Err(ChatError::Conflict("You have not joined this conversation")),
        Leave::NoConversation => Err(ChatError::NotFound(Missing::Conversation)),
    }
}

/// What the audit tells of it, and the act that storage writes: none of who comes and goes again and again.
fn noted(
    chat: &Chat,
    admin: &Actor,
    action: Action,
    conversation: &ConversationId,
) -> (Entry, Option<Act>) {
    let act = admin.act(&*chat.clock);
    let entry = act.clone().entry(action, conversation, json!({}));
    let is_repeat = chat.audit.is_repeat(&entry);
    (entry, (!is_repeat).then_some(act))
}

fn happened(chat: &Chat, mut entry: Entry, conversation: Conversation) -> Conversation {
    entry.detail = json!({"lastSeq": conversation.last_seq});
    chat.audit.happened(&entry);
    conversation
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
