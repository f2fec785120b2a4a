//! Whether somebody is here.

use axum::{Json, extract::State};
use chat::{ids::UserId, user_status::user_status};
use wire::{Problem, UserStatus};

use super::{error::ApiError, extract::Id};
use crate::{app::App, http::caller::Caller};

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
