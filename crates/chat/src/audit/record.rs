//! Writing down what somebody does, before they are answered.

use serde_json::json;

use super::{Act, Action, Actor, Operation, Source};
use crate::{
    chat::Chat,
    error::{ChatError, StorageError},
    ids::{AuditId, ConversationId, UserId},
};

/// Somebody was refused. Written before they hear of it.
async fn refused(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    operation: Operation,
) -> Result<(), StorageError> {
    let detail = json!({"what": operation.as_str()});
    let act = actor.act(&*chat.clock);
    let entry = act.entry(Action::Refused, conversation, detail);
    chat.audit.record_repeatable(vec![entry]).await
}

/// Somebody opens conversations that exist, or reads in those where they sit. Call it before they
/// are shown, and do not show them when this fails.
pub async fn opened(
    chat: &Chat,
    actor: &Actor,
    conversations: impl IntoIterator<Item = &ConversationId>,
) -> Result<(), StorageError> {
    let entry = |conversation| {
        let act = actor.act(&*chat.clock);
        act.entry(Action::Opened, conversation, json!({}))
    };
    let entries: Vec<_> = conversations.into_iter().map(entry).collect();
    chat.audit.record_opened(entries).await
}

/// Hands an error on; when it is a refusal, it is written down first.
pub(crate) async fn refusal<T>(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    operation: Operation,
    done: Result<T, ChatError>,
) -> Result<T, ChatError> {
    if let Err(
        ChatError::NotParticipant
        | ChatError::Forbidden(_)
        | ChatError::NotYours
        | ChatError::Barred(_)
        | ChatError::WindowOver,
    ) = &done
    {
        refused(chat, actor, conversation, operation).await?;
    }
    done
}

/// An administrator looks at conversations in which they do not sit. Call it before what they
/// look for is shown, and do not show it when this fails.
pub async fn viewed(
    chat: &Chat,
    actor: &Actor,
    conversations: impl IntoIterator<Item = &ConversationId>,
    operation: Operation,
) -> Result<(), StorageError> {
    let entry = |conversation| {
        let detail = json!({"what": operation.as_str()});
        let act = actor.act(&*chat.clock);
        act.entry(Action::Viewed, conversation, detail)
    };
    let entries: Vec<_> = conversations.into_iter().map(entry).collect();
    chat.audit.record_repeatable(entries).await
}

/// Somebody takes a file of a conversation: a person with a session, or whoever has a signed link.
/// Call it before the first byte goes out, and send none when this fails.
pub async fn downloaded(
    chat: &Chat,
    actor: Option<&UserId>,
    source: &Source,
    conversation: &ConversationId,
    attachment: &str,
) -> Result<(), StorageError> {
    let act = Act {
        id: AuditId::new(chat.clock.new_id()),
        at: chat.clock.now(),
        actor: actor.cloned(),
        source: source.clone(),
    };
    let detail = json!({"attachment": attachment});
    let entry = act.entry(Action::Downloaded, conversation, detail);
    chat.audit.record_repeatable(vec![entry]).await
}
