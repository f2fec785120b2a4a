//! Saying that notifications were seen. The conversations themselves stay as they are.

use crate::{chat::Chat, error::ChatError, ids::NotificationId, person::Person};

/// These, or all. Ids of others are passed over. Returns how many were unread.
pub async fn mark_notifications_read(
    chat: &Chat,
    person: &Person,
    ids: Option<&[NotificationId]>,
) -> Result<u64, ChatError> {
    let now = chat.clock.now();
    Ok(chat.notifications.mark_read(&person.id, ids, now).await?)
}
