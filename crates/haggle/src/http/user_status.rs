//! Whether somebody is here.

use axum::{Json, extract::State};
use chat::{ids::UserId, timestamp::Timestamp, user_status::user_status};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    error::{ApiError, Problem},
    extract::Id,
};
use crate::{app::App, http::caller::Caller};

#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UserStatus {
    #[schema(value_type = String)]
    id: UserId,
    is_online: bool,
    /// When they were last here; null for somebody who is, or never was.
    #[schema(value_type = Option<String>, format = DateTime, required = true)]
    last_seen: Option<Timestamp>,
}

/// Whether somebody with whom the caller shares a conversation is online.
#[utoipa::path(
    operation_id = "user_status",
    get, path = "/api/chat/users/{id}/status", tag = "people",
    params(("id" = String, Path)),
    responses(
        (status = 200, body = UserStatus),
        (status = 403, description = "A stranger", body = Problem),
        (status = 404, description = "Nobody", body = Problem),
    ),
)]
pub async fn handler(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<UserId>,
) -> Result<Json<UserStatus>, ApiError> {
    let known = app.caches.status(&id).await?;
    let status = user_status(&app.chat, &caller.person, &id, known).await?;
    Ok(Json(UserStatus {
        id,
        is_online: status.is_online,
        last_seen: status.last_seen,
    }))
}
