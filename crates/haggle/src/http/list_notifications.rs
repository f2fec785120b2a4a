//! What the caller missed while away.

use axum::{Json, extract::State};
use chat::{ids::NotificationId, limits, list_notifications::list_notifications};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    error::ApiError,
    extract::Query,
    fields::{Fields, Read},
};
use crate::{app::App, http::caller::Caller, wire::Notification};

#[derive(Debug, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// Notifications of a page.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100, default = 50)]
    limit: i64,
    /// `nextCursor` of the page before.
    #[param(value_type = Option<String>, min_length = 1, max_length = 128)]
    cursor: Option<NotificationId>,
    /// Only those that are not read.
    #[param(value_type = Option<bool>, default = false)]
    unread: bool,
}

impl Read for Wanted {
    fn read(fields: &mut Fields) -> Option<Self> {
        Some(Self {
            limit: fields.limit(limits::NOTIFICATION_PAGE),
            cursor: fields.id("cursor"),
            unread: fields.flag("unread").unwrap_or(false),
        })
    }
}

/// Newest first; at most one unread for a conversation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotificationPage {
    notifications: Vec<Notification>,
    has_more: bool,
    /// Pass it as `cursor` for the next page; null on the last.
    #[schema(required = true)]
    next_cursor: Option<String>,
}

/// What the caller missed while away.
#[utoipa::path(
    operation_id = "list_notifications",
    get, path = "/api/chat/notifications", tag = "notifications",
    params(Wanted),
    responses((status = 200, body = NotificationPage)),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Query(wanted): Query<Wanted>,
) -> Result<Json<NotificationPage>, ApiError> {
    let Wanted {
        limit,
        cursor,
        unread,
    } = wanted;
    let (found, has_more) =
        list_notifications(&app.chat, &caller.person, unread, cursor.as_ref(), limit).await?;
    let last = found.last().filter(|_| has_more);
    Ok(Json(NotificationPage {
        next_cursor: last.map(|last| last.id.to_string()),
        notifications: found.into_iter().map(Notification::from).collect(),
        has_more,
    }))
}
