//! Saying that notifications were seen.

use axum::{Json, extract::State};
use chat::mark_notifications_read::mark_notifications_read;
use wire::{MarkNotificationsRead, MarkedNotifications};

use super::{error::ApiError, extract::Body};
use crate::{app::App, http::caller::Caller};

/// Marks notifications as read; the conversations themselves stay as they are.
#[utoipa::path(
    operation_id = "mark_notifications_read",
    patch, path = "/api/chat/notifications/read", tag = "notifications",
    request_body = MarkNotificationsRead,
    responses((status = 200, body = MarkedNotifications)),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<MarkNotificationsRead>,
) -> Result<Json<MarkedNotifications>, ApiError> {
    let ids = body.ids.as_deref();
    let count = mark_notifications_read(&app.chat, &caller.person, ids).await?;
    Ok(Json(MarkedNotifications {
        success: true,
        count,
    }))
}
