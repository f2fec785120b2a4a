//! Saying that notifications were seen.

use axum::{Json, extract::State};
use chat::{ids::NotificationId, limits, mark_notifications_read::mark_notifications_read};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    error::ApiError,
    extract::Body,
    fields::{Fields, Id, Read},
};
use crate::{app::App, http::caller::Caller};

#[derive(Debug, ToSchema)]
#[schema(example = json!({}))]
pub struct MarkNotificationsRead {
    /// Without it, all of them. Ids of others are passed over.
    #[schema(value_type = Option<Vec<Id>>, max_items = 500)]
    ids: Option<Vec<NotificationId>>,
}

impl Read for MarkNotificationsRead {
    const MAY_BE_EMPTY: bool = true;

    fn read(fields: &mut Fields) -> Option<Self> {
        let ids = fields.ids("ids", limits::NOTIFICATION_IDS);
        Some(Self {
            ids: ids.map(|ids| ids.into_iter().map(NotificationId::from).collect()),
        })
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MarkedNotifications {
    success: bool,
    /// How many were unread before.
    count: u64,
}

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
