//! Taking a message back.

use crate::{
    access::sees_all,
    audit::{Actor, Operation, record},
    change_message::{Changed, find, make, target},
    chat::Chat,
    content,
    error::ChatError,
    ids::{ConversationId, MessageId},
    limits::REASON_CHARS,
    message::Message,
    storage::Retraction,
};

/// One's own message, for so many minutes after it was sent; 0 is never. An administrator takes back any, with
/// a reason. It keeps its place; what it said is kept for administrators.
pub async fn take_back_message(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    message: &MessageId,
    reason: Option<String>,
    window_minutes: u32,
) -> Result<Changed, ChatError> {
    let (_, known) = find(chat, actor, conversation, message, Operation::TakingBack).await?;
    let taken = take_back(chat, actor, &known, reason, window_minutes).await;
    record::refusal(chat, actor, conversation, Operation::TakingBack, taken).await
}

async fn take_back(
    chat: &Chat,
    actor: &Actor,
    known: &Message,
    reason: Option<String>,
    window_minutes: u32,
) -> Result<Changed, ChatError> {
    let is_own = known.sender.as_ref() == Some(&actor.person.id);
    let moderates = sees_all(&actor.person);
    let reason = reason.map(|reason| content::clean(&reason));
    let reason = reason.filter(|reason| !reason.is_empty());
    let retraction = match reason {
        Some(reason) if moderates => {
            if reason.chars().count() > REASON_CHARS {
                let reason = format!("At most {REASON_CHARS} characters");
                return Err(ChatError::field("reason", reason));
            }
            moderation(chat, actor, Some(reason))
        }
        _ if is_own => Retraction::Own { window_minutes },
        _ if moderates && known.deleted_at.is_some() => moderation(chat, actor, None),
        _ if moderates => return Err(ChatError::field("reason", "Is required")),
        _ => return Err(ChatError::NotYours),
    };
    let target = target(chat, actor, known);
    make(
        chat,
        actor,
        chat.message_changes.take_back(target, retraction),
    )
    .await
}

fn moderation(chat: &Chat, actor: &Actor, reason: Option<String>) -> Retraction {
    Retraction::Moderation {
        reason,
        name: actor.person.name.clone(),
        told_by: MessageId::new(chat.clock.new_id()),
    }
}
