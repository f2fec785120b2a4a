//! Correcting a message that was sent.

use crate::{
    audit::{Actor, Operation, record},
    change_message::{Changed, find, make, target},
    chat::Chat,
    content,
    error::ChatError,
    ids::{ConversationId, MessageId},
    message::Message,
    send_message::{Outgoing, content_refused},
    storage::Correction,
};

/// Another text for one's own message, for so many minutes after it was sent; 0 is never. What it said
/// is kept for administrators.
pub async fn correct_message(
    chat: &Chat,
    actor: &Actor,
    conversation: &ConversationId,
    message: &MessageId,
    content: String,
    window_minutes: u32,
) -> Result<Changed, ChatError> {
    let (access, known) = find(chat, actor, conversation, message, Operation::Correcting).await?;
    let corrected = match access.may_write() {
        Ok(()) => correct(chat, actor, &known, content, window_minutes).await,
        Err(refused) => Err(refused),
    };
    record::refusal(chat, actor, conversation, Operation::Correcting, corrected).await
}

async fn correct(
    chat: &Chat,
    actor: &Actor,
    known: &Message,
    content: String,
    window_minutes: u32,
) -> Result<Changed, ChatError> {
    if known.sender.as_ref() != Some(&actor.person.id) {
        return Err(ChatError::NotYours);
    }
    let files = known.files.iter();
    let outgoing = Outgoing {
        attachments: files.map(|file| file.id.clone()).collect(),
        content,
        ..Outgoing::default()
    };
    let plain = content::plain(&outgoing.content);
    if let Some(reason) = content_refused(&outgoing, &plain) {
        return Err(ChatError::field("content", reason));
    }
    let text = content::without_markup(plain);
    let preview = match known.files.first() {
        Some(file) if text.is_empty() => content::preview(&file.name),
        _ => content::preview(&text),
    };
    let correction = Correction {
        target: target(chat, actor, known),
        text,
        preview,
        window_minutes,
    };
    make(chat, actor, chat.message_changes.correct(correction)).await
}
