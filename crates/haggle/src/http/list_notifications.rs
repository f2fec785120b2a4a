//! What the caller missed while away.

use axum::{Json, extract::State};
use chat::list_notifications::list_notifications;
use wire::{ListNotifications, Notification, NotificationPage};

use super::{error::ApiError, extract::Query};
use crate::{app::App, http::caller::Caller};

/// What the caller missed while away.
#[utoipa::path(
    operation_id = "list_notifications",
    get, path = "/api/chat/notifications", tag = "notifications",
    params(ListNotifications),
    responses((status = 200, body = NotificationPage)),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(asked): Query<ListNotifications>,
) -> Result<Json<NotificationPage>, ApiError> {
    let ListNotifications {
        limit,
        cursor,
        unread,
    } = asked;
    let (found, has_more) =
        list_notifications(&app.chat, &caller.person, unread, cursor.as_ref(), limit).await?;
    let last = found.last().filter(|_| has_more);
    Ok(Json(NotificationPage {
        next_cursor: last.map(|last| last.id.to_string()),
        notifications: found.into_iter().map(Notification::from).collect(),
        has_more,
    }))
}
