//! Counting what waits for somebody.

use crate::{chat::Chat, error::ChatError, person::Person};

/// Unread messages over all conversations in which they sit.
pub async fn unread_count(chat: &Chat, person: &Person) -> Result<i64, ChatError> {
    Ok(chat.read_marks.unread_count(&person.id).await?)
}
