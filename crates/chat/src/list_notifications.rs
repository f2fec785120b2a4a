//! Listing what somebody missed while they were away.

use crate::{
    chat::Chat, error::ChatError, ids::NotificationId, notification::Notification, person::Person,
};

/// A page, newest first, and whether there are more. `after` is the last one of the page before.
pub async fn list_notifications(
    chat: &Chat,
    person: &Person,
    unread_only: bool,
    after: Option<&NotificationId>,
    limit: i64,
) -> Result<(Vec<Notification>, bool), ChatError> {
    let page = chat
        .notifications
        .page(&person.id, unread_only, after, limit)
        .await?;
    page.ok_or_else(|| ChatError::field("cursor", "Not a cursor of this list"))
}
